import asyncio


async def handle(reader, writer):
    writer.write(b"welcome\n")
    writer.close()


async def main():
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    serving = asyncio.create_task(server.serve_forever())
    for _ in range(2):
        await asyncio.sleep(0.05)
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        print(await reader.readline(), server.is_serving())
        writer.close()
    serving.cancel()
    try:
        await serving
    except asyncio.CancelledError:
        print("no longer serving", server.is_serving(), server.sockets)


asyncio.run(main())
