import asyncio
import tempfile


async def main():
    loop = asyncio.get_running_loop()

    async def handle(reader, writer):
        with tempfile.TemporaryFile() as file:
            file.write(b"x" * 100_000)
            file.seek(0)
            sent = await loop.sendfile(writer.transport, file)
            print("sent", sent)
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    print("got", len(await reader.read()))
    writer.close()
    server.close()


asyncio.run(main())
