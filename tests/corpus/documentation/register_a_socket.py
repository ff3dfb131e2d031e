import asyncio
import socket


async def wait_for_data():
    loop = asyncio.get_running_loop()
    left, right = socket.socketpair()
    reader, writer = await asyncio.open_connection(sock=left)
    loop.call_soon(right.send, "abc".encode())
    print("received", (await reader.read(100)).decode())
    writer.close()
    await writer.wait_closed()
    right.close()


asyncio.run(wait_for_data())
