import asyncio
import threading


async def tick(name, times, seconds, first):
    await asyncio.sleep(first)
    for number in range(times):
        print(f"{name} {number}")
        await asyncio.sleep(seconds)


async def main():
    await asyncio.sleep(0.05)
    thread = threading.Thread(target=asyncio.run, args=(tick("thread", 4, 0.2, 0.1),))
    thread.start()
    await tick("main", 3, 0.2, 0)
    thread.join()
    print("joined")


asyncio.run(main())
