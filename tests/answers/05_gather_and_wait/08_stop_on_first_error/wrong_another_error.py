"""Mistake: an error of its own takes the place of the first error.
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
    if any(task.exception() for task in done):
        raise RuntimeError("the release is off")
    return [task.result() for task in tasks]
