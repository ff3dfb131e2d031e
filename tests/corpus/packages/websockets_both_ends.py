import asyncio

from websockets.asyncio.client import connect
from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed


async def handle(socket):
    async for message in socket:
        await asyncio.sleep(0.05)
        await socket.send(message.upper())
    print("client went")


async def main():
    async with serve(handle, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        async with connect(f"ws://127.0.0.1:{port}", proxy=None) as socket:
            for text in ("hello", "world"):
                await socket.send(text)
                print(await socket.recv())
            print("pong", (await (await socket.ping())) >= 0)
        try:
            await socket.send("late")
        except ConnectionClosed as error:
            print(error.rcvd.code)
        await asyncio.sleep(0.05)


asyncio.run(main())
