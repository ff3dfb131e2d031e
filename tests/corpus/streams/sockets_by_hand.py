import asyncio
import socket


async def main():
    loop = asyncio.get_running_loop()
    left, right = socket.socketpair()
    left.setblocking(False)
    right.setblocking(False)

    async def answer():
        data = await loop.sock_recv(right, 100)
        await asyncio.sleep(0.05)
        await loop.sock_sendall(right, data * 2)

    task = asyncio.create_task(answer())
    await loop.sock_sendall(left, b"ab")
    print(await loop.sock_recv(left, 100))
    await task
    seen = loop.create_future()
    loop.add_reader(right, lambda: seen.set_result(right.recv(10)) if not seen.done() else None)
    left.send(b"x")
    print(await seen)
    loop.remove_reader(right)
    left.close()
    right.close()


asyncio.run(main())
