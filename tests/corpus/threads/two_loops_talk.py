import asyncio
import threading


class Other:
    def __init__(self):
        self.up = threading.Event()
        self.thread = threading.Thread(target=asyncio.run, args=(self.main(),))

    async def main(self):
        self.loop = asyncio.get_running_loop()
        self.queue = asyncio.Queue()
        self.up.set()
        while (item := await self.queue.get()) is not None:
            number, future, back = item
            await asyncio.sleep(0.05)
            back.call_soon_threadsafe(future.set_result, number * 2)


async def main():
    other = Other()
    other.thread.start()
    await asyncio.to_thread(other.up.wait)
    loop = asyncio.get_running_loop()
    for number in range(3):
        future = loop.create_future()
        other.loop.call_soon_threadsafe(other.queue.put_nowait, (number, future, loop))
        print(await future)
    other.loop.call_soon_threadsafe(other.queue.put_nowait, None)
    await asyncio.to_thread(other.thread.join)


asyncio.run(main())
