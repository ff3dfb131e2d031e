import asyncio
import threading
import time


async def main():
    loop = asyncio.get_running_loop()
    done = asyncio.Event()

    def worker():
        for number in range(3):
            time.sleep(0.05)
            loop.call_soon_threadsafe(print, "from thread", number)
        print("result", asyncio.run_coroutine_threadsafe(asyncio.sleep(0.05, "slept"), loop).result())
        loop.call_soon_threadsafe(done.set)

    thread = threading.Thread(target=worker)
    thread.start()
    await done.wait()
    thread.join()


asyncio.run(main())
