import asyncio


class Server(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        for number in range(3):
            asyncio.get_running_loop().call_later(0.05 * number, self.transport.sendto, b"%d" % number + data, address)


class Client(asyncio.DatagramProtocol):
    def __init__(self):
        self.received = asyncio.Queue()

    def connection_made(self, transport):
        transport.sendto(b" please")

    def datagram_received(self, data, address):
        self.received.put_nowait(data)

    def connection_lost(self, error):
        print("lost", error)


async def main():
    loop = asyncio.get_running_loop()
    server, _ = await loop.create_datagram_endpoint(Server, local_addr=("127.0.0.1", 0))
    client, protocol = await loop.create_datagram_endpoint(Client, remote_addr=server.get_extra_info("sockname"))
    for _ in range(3):
        print(await protocol.received.get())
    try:
        await asyncio.wait_for(protocol.received.get(), 0.1)
    except TimeoutError:
        print("no more")
    client.close()
    server.close()
    await asyncio.sleep(0.01)


asyncio.run(main())
