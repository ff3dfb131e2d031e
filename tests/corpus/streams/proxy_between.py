import asyncio


async def shout(reader, writer):
    while data := await reader.read(100):
        await asyncio.sleep(0.02)
        writer.write(data.upper())
        await writer.drain()
    writer.close()


async def pump(reader, writer):
    while data := await reader.read(100):
        writer.write(data)
        await writer.drain()
    writer.close()


async def main():
    backend = await asyncio.start_server(shout, "127.0.0.1", 0)

    async def forward(reader, writer):
        theirs = await asyncio.open_connection(*backend.sockets[0].getsockname())
        await asyncio.gather(pump(reader, theirs[1]), pump(theirs[0], writer))
        print("proxy done")

    front = await asyncio.start_server(forward, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*front.sockets[0].getsockname())
    for word in (b"one", b"two"):
        writer.write(word)
        print(await reader.read(100))
    writer.write_eof()
    print(await reader.read())
    writer.close()
    await asyncio.sleep(0.05)
    front.close()
    backend.close()


asyncio.run(main())
