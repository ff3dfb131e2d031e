import asyncio


class Upper(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport
        print("made")

    def data_received(self, data):
        self.transport.write(data.upper())

    def connection_lost(self, error):
        print("lost", error)


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Upper, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(b"abc")
    print(await reader.read(10))
    writer.close()
    await writer.wait_closed()
    await asyncio.sleep(0.05)
    server.close()


asyncio.run(main())
