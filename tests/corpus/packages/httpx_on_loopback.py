import asyncio

import httpx


async def handle(reader, writer):
    request = await reader.readuntil(b"\r\n\r\n")
    path = request.split()[1].decode()
    await asyncio.sleep(1.5 if path == "/slow" else 0.05)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(path), path.encode()))
    await writer.drain()
    writer.close()


async def main():
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with httpx.AsyncClient(base_url=base, timeout=0.4, trust_env=False) as client:
        print((await client.get("/one")).text)
        async with client.stream("GET", "/two") as response:
            async for chunk in response.aiter_text():
                print("chunk", chunk)
        try:
            await client.get("/slow")
        except httpx.ReadTimeout as error:
            print(type(error).__name__)
        try:
            await client.get("http://127.0.0.1:1/")
        except httpx.ConnectError:
            print("refused")
    server.close()


asyncio.run(main())
