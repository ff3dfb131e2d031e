"""Right: wait for all of them, then ask each in order."""

import asyncio


async def copy_all(copy, folders):
    tasks = [asyncio.create_task(copy(folder)) for folder in folders]
    if tasks:
        await asyncio.wait(tasks)
    return [task.result() for task in tasks]
