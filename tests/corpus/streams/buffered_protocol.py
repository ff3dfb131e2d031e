import asyncio


class Buffered(asyncio.BufferedProtocol):
    def __init__(self, done):
        self.buffer, self.total, self.done = bytearray(16), 0, done

    def get_buffer(self, hint):
        return self.buffer

    def buffer_updated(self, size):
        self.total += size

    def eof_received(self):
        self.done.set_result(self.total)


async def main():
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    server = await loop.create_server(lambda: Buffered(done), "127.0.0.1", 0)
    _, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(b"a" * 100)
    writer.writelines([b"b", b"c" * 9])
    await writer.drain()
    print(writer.can_write_eof(), writer.is_closing())
    writer.close()
    print(await done)
    server.close()


asyncio.run(main())
