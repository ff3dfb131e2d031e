import asyncio


class Nap:
    def __init__(self, seconds):
        self.seconds = seconds

    def __await__(self):
        print("nap")
        yield from asyncio.sleep(self.seconds).__await__()
        return self.seconds


class Countdown:
    def __init__(self, start):
        self.left = start

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.left == 0:
            raise StopAsyncIteration
        self.left -= 1
        await asyncio.sleep(0.02)
        return self.left


async def main():
    print(await Nap(0.05))
    print(await asyncio.gather(Nap(0.02), Nap(0.01)))
    print([number async for number in Countdown(3)])


asyncio.run(main())
