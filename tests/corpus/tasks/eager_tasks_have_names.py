# Python 3.12
"""Eager tasks: their names, in their first step and afterwards."""

import asyncio


async def nap(delay):
    print("begins", asyncio.current_task().get_name())
    await asyncio.sleep(delay)
    return asyncio.current_task().get_name()


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(nap(delay)) for delay in (0, 0.2, 0.1)]
        tasks.append(group.create_task(nap(0.1), name="named"))
    print([task.result() for task in tasks])


asyncio.run(main())
