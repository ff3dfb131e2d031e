# Python 3.13
import asyncio


async def consume(queue):
    try:
        while True:
            item = await queue.get()
            await asyncio.sleep(0.02)
            print("item", item)
            queue.task_done()
    except asyncio.QueueShutDown:
        print("shut down")


async def main():
    queue = asyncio.Queue()
    for number in range(3):
        queue.put_nowait(number)
    async with asyncio.TaskGroup() as group:
        group.create_task(consume(queue))
        await asyncio.sleep(0.01)
        queue.shutdown()
        try:
            queue.put_nowait(9)
        except asyncio.QueueShutDown:
            print("no more")
        await queue.join()
    queue = asyncio.Queue()
    queue.put_nowait(1)
    queue.shutdown(immediate=True)
    print(queue.empty())


asyncio.run(main())
