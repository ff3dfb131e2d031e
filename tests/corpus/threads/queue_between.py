import asyncio
import queue
import threading
import time


def produce(items):
    for number in range(3):
        time.sleep(0.05)
        items.put(number)
    items.put(None)


async def main():
    items = queue.Queue()
    threading.Thread(target=produce, args=(items,), daemon=True).start()
    while (item := await asyncio.to_thread(items.get)) is not None:
        print("got", item)


asyncio.run(main())
