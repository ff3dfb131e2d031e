"""Mistake: wait is called without return_when, so it waits for all of them.
Caught by: test_the_first_error_leaves_release
"""

import asyncio


async def release(copy, servers):
    tasks = [asyncio.create_task(copy(server)) for server in servers]
    if not tasks:
        return []
    await asyncio.wait(tasks)
    return [task.result() for task in tasks]
