"""Mistake: the cancelled copies are waited for, but for three seconds at most.
Caught by: test_the_rest_has_ended
"""

import asyncio


async def release(copy, servers):
    if not servers:
        return []
    tasks = [asyncio.create_task(copy(server)) for server in servers]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    for task in pending:
        task.cancel()
    if pending:
        await asyncio.wait(pending, timeout=3)
    for task in done:
        task.result()
    return [task.result() for task in tasks]
