"""Mistake: gather joins the cancelled tasks and raises the CancelledError of the first one.
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
    await asyncio.gather(*pending)
    for task in done:
        task.result()
    return [task.result() for task in tasks]
