import asyncio


class Server(asyncio.Protocol):
    def connection_made(self, transport):
        print("connection", transport.get_extra_info("peername")[0])
        self.transport = transport

    def data_received(self, data):
        print("received", data.decode())
        self.transport.write(data)
        self.transport.close()


class Client(asyncio.Protocol):
    def __init__(self, message, lost):
        self.message, self.lost = message, lost

    def connection_made(self, transport):
        transport.write(self.message.encode())

    def data_received(self, data):
        print("echoed", data.decode())

    def connection_lost(self, error):
        self.lost.set_result(True)


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Server, "127.0.0.1", 0)
    lost = loop.create_future()
    transport, _ = await loop.create_connection(lambda: Client("Hello", lost), *server.sockets[0].getsockname())
    try:
        await lost
    finally:
        transport.close()
        server.close()
    print(server.is_serving())


asyncio.run(main())
