import asyncio


class Patient(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport
        self.timer = asyncio.get_running_loop().call_later(0.15, self.give_up)

    def data_received(self, data):
        self.timer.cancel()
        self.transport.write(b"thanks for " + data)
        self.timer = asyncio.get_running_loop().call_later(0.15, self.give_up)

    def eof_received(self):
        print("eof")

    def connection_lost(self, error):
        self.timer.cancel()
        print("lost", error)

    def give_up(self):
        print("gave up")
        self.transport.close()


async def main():
    server = await asyncio.get_running_loop().create_server(Patient, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    for seconds in (0.05, 0.1):
        await asyncio.sleep(seconds)
        writer.write(b"%d" % int(seconds * 100))
        print(await reader.read(100))
    print(await reader.read())
    writer.close()
    server.close()


asyncio.run(main())
