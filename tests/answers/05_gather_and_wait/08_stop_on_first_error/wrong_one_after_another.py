"""Mistake: each task is cancelled and awaited before the next one is cancelled.
Caught by: test_the_rest_has_ended
"""

import asyncio


async def release(copy, servers):
    tasks = [asyncio.create_task(copy(server)) for server in servers]
    if not tasks:
        return []
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    for task in pending:
        task.cancel()
        await asyncio.wait([task])
    for task in done:
        task.result()
    return [task.result() for task in tasks]
