import asyncio
import threading
import time


def blocking(number):
    time.sleep(number / 20)
    return number, threading.current_thread() is threading.main_thread()


async def beat():
    for number in range(3):
        print("beat", number)
        await asyncio.sleep(0.06)


async def main():
    started = time.perf_counter()
    print(await asyncio.gather(asyncio.to_thread(blocking, 2), asyncio.to_thread(blocking, 3), beat()))
    print(0.17 < time.perf_counter() - started < 0.9)


asyncio.run(main())
