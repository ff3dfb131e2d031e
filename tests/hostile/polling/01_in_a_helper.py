"""Tries: look again and again whether a thing is done, in a helper at many places, past what is counted.
For: 04_tasks/03_awaited_too_soon
Must: earn nothing
"""

import asyncio


async def a():
    await asyncio.sleep(0.25)


async def b():
    await asyncio.sleep(0.25)


async def copy_all(copy, folders):
    done = []
    for folder in folders:
        task = asyncio.ensure_future(copy(folder))
        while not task.done():
            await a()
            await b()
        done.append(task.result())
    return done
