import asyncio
import socket


async def main():
    loop = asyncio.get_running_loop()
    one, two = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2))
    for each in (one, two):
        each.setblocking(False)
        each.bind(("127.0.0.1", 0))

    async def echo():
        data, address = await loop.sock_recvfrom(two, 100)
        await asyncio.sleep(0.05)
        await loop.sock_sendto(two, data[::-1], address)

    task = asyncio.create_task(echo())
    await loop.sock_sendto(one, b"datagram", two.getsockname())
    data, address = await loop.sock_recvfrom(one, 100)
    print(data, address == two.getsockname())
    await task
    one.close()
    two.close()


asyncio.run(main())
