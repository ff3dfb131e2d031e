import asyncio
import threading
import time

go = threading.Event()
seen = []


def spin():
    while not go.is_set():
        pass
    seen.append(time.monotonic())


async def main():
    started = time.monotonic()
    thread = threading.Thread(target=spin)
    thread.start()
    for number in range(3):
        await asyncio.sleep(0.5)
        print("still at it", number)
    go.set()
    await asyncio.to_thread(thread.join)
    print(round(seen[0] - started))


asyncio.run(main())
