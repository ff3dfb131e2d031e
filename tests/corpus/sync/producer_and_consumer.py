import asyncio


async def producer(queue):
    for number in range(5):
        await queue.put(number)
        print("put", number)
        await asyncio.sleep(0.06)
    await queue.put(None)


async def consumer(queue):
    while (item := await queue.get()) is not None:
        await asyncio.sleep(0.2)
        print("got", item)
        queue.task_done()
    queue.task_done()


async def main():
    queue = asyncio.Queue(maxsize=2)
    await asyncio.gather(producer(queue), consumer(queue))
    await queue.join()
    print(queue.empty())


asyncio.run(main())
