import asyncio
import os
import tempfile


async def main():
    path = os.path.join(tempfile.mkdtemp(), "s")

    async def handle(reader, writer):
        print(await reader.readexactly(3), await reader.readuntil(b";"), await reader.read())
        writer.write(b"bye")
        writer.close()

    server = await asyncio.start_unix_server(handle, path)
    reader, writer = await asyncio.open_unix_connection(path)
    writer.write(b"abc")
    await asyncio.sleep(0.05)
    writer.write(b"def;rest")
    writer.write_eof()
    print(await reader.read())
    server.close()
    await server.wait_closed()


asyncio.run(main())
