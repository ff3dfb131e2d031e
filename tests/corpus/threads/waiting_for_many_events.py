import asyncio
import threading
import time


def machine(number, started, finished):
    started.wait()
    time.sleep(0.1 * number)
    print("machine", number)
    finished.set()


async def main():
    started = threading.Event()
    finished = [threading.Event() for _ in range(3)]
    for number, event in enumerate(finished):
        threading.Thread(target=machine, args=(number + 1, started, event)).start()
    await asyncio.sleep(0.05)
    print("go", any(event.is_set() for event in finished))
    started.set()
    await asyncio.gather(*(asyncio.to_thread(event.wait) for event in finished))
    print("all finished")


asyncio.run(main())
