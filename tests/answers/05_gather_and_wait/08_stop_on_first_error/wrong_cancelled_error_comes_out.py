"""Mistake: every task is asked for its result in order, and a cancelled one raises CancelledError.
Caught by: test_the_first_error_leaves_release
"""

import asyncio


async def release(copy, servers):
    tasks = [asyncio.create_task(copy(server)) for server in servers]
    if not tasks:
        return []
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    return [task.result() for task in tasks]
