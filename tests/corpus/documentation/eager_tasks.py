# Python 3.12
import asyncio


async def quick(number):
    print("in", number)
    return number


async def slow(number):
    print("in", number)
    await asyncio.sleep(0.05)
    print("out", number)


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    tasks = [asyncio.create_task(quick(1)), asyncio.create_task(slow(2)), asyncio.create_task(quick(3))]
    print([task.done() for task in tasks])
    await asyncio.gather(*tasks)
    async with asyncio.TaskGroup() as group:
        one = group.create_task(quick(4))
        two = group.create_task(slow(5))
        print(one.done(), two.done())
    asyncio.get_running_loop().set_task_factory(None)
    task = asyncio.create_task(quick(6))
    print(task.done(), await task)


asyncio.run(main())
