import asyncio

import aiohttp
from aiohttp import web


async def handle(request):
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    async for message in socket:
        if message.data == "close":
            await socket.close()
        else:
            await socket.send_str(message.data + "!")
    print("server is done")
    return socket


async def main():
    app = web.Application()
    app.router.add_get("/ws", handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(f"http://127.0.0.1:{runner.addresses[0][1]}/ws") as socket:
            for text in ("one", "two", "close"):
                await socket.send_str(text)
                message = await socket.receive()
                print(message.type.name, message.data)
                await asyncio.sleep(0.05)
    await runner.cleanup()


asyncio.run(main())
