"""Mistake: the tasks in the second set are forgotten.
Caught by: test_the_rest_is_cancelled
"""

import asyncio


async def release(copy, servers):
    tasks = [asyncio.create_task(copy(server)) for server in servers]
    if not tasks:
        return []
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    for task in done:
        task.result()
    return [task.result() for task in tasks]
