import asyncio
import socket


async def serve(loop, listener, times):
    for _ in range(times):
        connection, _ = await loop.sock_accept(listener)
        asyncio.create_task(answer(loop, connection))


async def answer(loop, connection):
    while data := await loop.sock_recv(connection, 64):
        await loop.sock_sendall(connection, data.title())
    connection.close()


async def client(loop, address, name):
    sock = socket.socket()
    sock.setblocking(False)
    await loop.sock_connect(sock, address)
    await loop.sock_sendall(sock, f"hello from {name}".encode())
    buffer = bytearray(64)
    size = await loop.sock_recv_into(sock, buffer)
    sock.close()
    return bytes(buffer[:size])


async def main():
    loop = asyncio.get_running_loop()
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    listener.setblocking(False)
    task = asyncio.create_task(serve(loop, listener, 2))
    print(await asyncio.gather(*(client(loop, listener.getsockname(), name) for name in ("ann", "bo"))))
    await task
    listener.close()


asyncio.run(main())
