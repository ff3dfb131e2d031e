# Python 3.13
import asyncio


async def work(number):
    await asyncio.sleep(number / 20)
    return number


async def main():
    tasks = {asyncio.create_task(work(number)): number for number in (3, 1, 2)}
    async for task in asyncio.as_completed(tasks):
        print(tasks[task], await task)


asyncio.run(main())
