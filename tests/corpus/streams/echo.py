import asyncio


async def handle(reader, writer):
    while data := await reader.readline():
        print("server got", data.decode().strip())
        writer.write(data.upper())
        await writer.drain()
    writer.close()
    await writer.wait_closed()


async def main():
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        for word in ("one", "two"):
            writer.write(f"{word}\n".encode())
            print("client got", (await reader.readline()).decode().strip())
            await asyncio.sleep(0.05)
        writer.close()
        await writer.wait_closed()
        await asyncio.sleep(0.02)
    print("closed")


asyncio.run(main())
