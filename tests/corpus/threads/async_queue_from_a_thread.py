import asyncio
import threading
import time


def sensor(loop, queue):
    for value in (20, 21, 19):
        time.sleep(0.06)
        loop.call_soon_threadsafe(queue.put_nowait, value)
    asyncio.run_coroutine_threadsafe(queue.put(None), loop).result()
    print("sensor off")


async def main():
    queue = asyncio.Queue()
    thread = threading.Thread(target=sensor, args=(asyncio.get_running_loop(), queue), daemon=True)
    thread.start()
    while (value := await queue.get()) is not None:
        print("value", value)
    await asyncio.sleep(0.05)
    thread.join()


asyncio.run(main())
