import asyncio
import threading
import time


def tick(name, seconds):
    for number in range(3):
        time.sleep(seconds)
        print(name, number)


async def main():
    threads = [threading.Thread(target=tick, args=("a", 0.2)), threading.Thread(target=tick, args=("b", 0.27))]
    for thread in threads:
        thread.start()
    for number in range(3):
        await asyncio.sleep(0.23)
        print("loop", number)
    for thread in threads:
        await asyncio.to_thread(thread.join)


asyncio.run(main())
