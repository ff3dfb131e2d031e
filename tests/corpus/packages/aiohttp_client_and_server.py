import asyncio

import aiohttp
from aiohttp import web


async def hello(request):
    await asyncio.sleep(float(request.query.get("seconds", 0)))
    return web.json_response({"name": request.match_info["name"], "method": request.method})


async def main():
    app = web.Application()
    app.add_routes([web.get("/{name}", hello), web.post("/{name}", hello)])
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"

    async def ask(name, seconds):
        async with session.get(f"{base}/{name}", params={"seconds": seconds}) as response:
            print(response.status, await response.json())

    async with aiohttp.ClientSession() as session:
        await asyncio.gather(ask("slow", "0.3"), ask("quick", "0.05"))
        async with session.post(f"{base}/posted") as response:
            print(await response.json())
        async with session.get(f"{base}/no/such/page") as response:
            print(response.status)
        try:
            timeout = aiohttp.ClientTimeout(total=0.1)
            async with session.get(f"{base}/late", params={"seconds": "2"}, timeout=timeout):
                pass
        except TimeoutError:
            print("too slow")
    await runner.cleanup()


asyncio.run(main())
