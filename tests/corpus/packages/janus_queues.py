import asyncio
import threading
import time

import janus


def produce(queue):
    for number in range(3):
        time.sleep(0.05)
        queue.put(number)
    queue.join()
    print("all taken")


async def main():
    queue = janus.Queue()
    thread = threading.Thread(target=produce, args=(queue.sync_q,))
    thread.start()
    for _ in range(3):
        print(await queue.async_q.get())
        queue.async_q.task_done()
    await asyncio.to_thread(thread.join)
    await queue.aclose()


asyncio.run(main())
