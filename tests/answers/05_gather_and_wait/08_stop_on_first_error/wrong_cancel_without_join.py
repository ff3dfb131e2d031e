"""Mistake: the rest is cancelled, and the error leaves before it has ended.
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
    for task in done:
        task.result()
    return [task.result() for task in tasks]
