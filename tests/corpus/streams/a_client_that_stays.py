import asyncio


async def handle(reader, writer):
    print("server", await reader.readline())
    try:
        await asyncio.wait_for(reader.readline(), 0.2)
    except TimeoutError:
        print("idle client is sent away")
        writer.write(b"too slow\n")
    writer.close()
    await writer.wait_closed()


async def main():
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(b"hello\n")
    print("client", await reader.read())
    writer.close()
    server.close()


asyncio.run(main())
