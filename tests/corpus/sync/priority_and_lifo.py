import asyncio


async def main():
    for kind in (asyncio.PriorityQueue, asyncio.LifoQueue):
        queue = kind()
        for number in (3, 1, 2):
            queue.put_nowait(number)
        print([queue.get_nowait() for _ in range(3)])
        try:
            queue.get_nowait()
        except asyncio.QueueEmpty:
            print("empty")


asyncio.run(main())
