import asyncio

import httpx


async def app(scope, receive, send):
    await asyncio.sleep(0.1)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": scope["path"].encode()})


async def main():
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://inside") as client:
        responses = await asyncio.gather(*(client.get(f"/{name}") for name in "abc"))
        print([(response.status_code, response.text) for response in responses])
        try:
            async with asyncio.timeout(0.05):
                await client.get("/late")
        except TimeoutError:
            print("late")


asyncio.run(main())
