import asyncio

SIZE = 3_000_000


async def handle(reader, writer):
    writer.transport.set_write_buffer_limits(high=10_000)
    sent = 0
    while sent < SIZE:
        writer.write(b"x" * 100_000)
        await writer.drain()
        sent += 100_000
    writer.close()


async def main():
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    total = pauses = 0
    while data := await reader.read(1_000_000):
        total += len(data)
        if pauses < 3:
            await asyncio.sleep(0.05)
            pauses += 1
    print(total, pauses)
    writer.close()
    server.close()


asyncio.run(main())
