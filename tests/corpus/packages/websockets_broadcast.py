import asyncio

from websockets.asyncio.client import connect
from websockets.asyncio.server import broadcast, serve

clients = set()


async def handle(socket):
    clients.add(socket)
    try:
        await socket.wait_closed()
    finally:
        clients.remove(socket)


async def ticks():
    for number in range(3):
        await asyncio.sleep(0.1)
        broadcast(clients, f"tick {number}")


async def listen(port, heard):
    async with connect(f"ws://127.0.0.1:{port}", proxy=None) as socket:
        for _ in range(3):
            heard.append(await socket.recv())


async def main():
    heard = [], []
    async with serve(handle, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        await asyncio.gather(ticks(), *(listen(port, each) for each in heard))
    print(heard)


asyncio.run(main())
