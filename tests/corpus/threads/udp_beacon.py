import asyncio
import socket
import threading
import time


class Listener(asyncio.DatagramProtocol):
    def __init__(self, done):
        self.done = done
        self.heard = []

    def datagram_received(self, data, address):
        self.heard.append(data.decode())
        if data == b"over":
            self.done.set_result(self.heard)


def beacon(port):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        for number in range(3):
            sock.sendto(f"beacon {number}".encode(), ("127.0.0.1", port))
            time.sleep(0.2)
        sock.sendto(b"over", ("127.0.0.1", port))


async def main():
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    transport, _ = await loop.create_datagram_endpoint(lambda: Listener(done), local_addr=("127.0.0.1", 0))
    port = transport.get_extra_info("sockname")[1]
    started = loop.time()
    threading.Thread(target=beacon, args=(port,)).start()
    print(await done, round(loop.time() - started, 1))
    transport.close()


asyncio.run(main())
