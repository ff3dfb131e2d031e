import asyncio
import sys


class Dates(asyncio.SubprocessProtocol):
    def __init__(self, ended):
        self.ended = ended
        self.output = bytearray()
        self.closed = False

    def pipe_data_received(self, fd, data):
        self.output.extend(data)

    def pipe_connection_lost(self, fd, error):
        self.closed = True
        self.maybe()

    def process_exited(self):
        self.exited = True
        self.maybe()

    def maybe(self):
        if self.closed and getattr(self, "exited", False) and not self.ended.done():
            self.ended.set_result(True)


async def main():
    loop = asyncio.get_running_loop()
    ended = loop.create_future()
    transport, protocol = await loop.subprocess_exec(
        lambda: Dates(ended), sys.executable, "-c", "print('today')", stdin=None, stderr=None
    )
    await ended
    print(transport.get_returncode(), bytes(protocol.output))
    transport.close()


asyncio.run(main())
