import asyncio
import os


async def main():
    loop = asyncio.get_running_loop()
    reading, writing = os.pipe()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(reading, "rb"))
    transport, protocol = await loop.connect_write_pipe(asyncio.streams.FlowControlMixin, os.fdopen(writing, "wb"))
    writer = asyncio.StreamWriter(transport, protocol, None, loop)
    for number in range(3):
        writer.write(b"line %d\n" % number)
        print(await reader.readline())
        await asyncio.sleep(0.05)
    writer.close()
    print(await reader.read())


asyncio.run(main())
