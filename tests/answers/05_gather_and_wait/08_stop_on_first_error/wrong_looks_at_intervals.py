"""Mistake: wait comes back every quarter of a second, and only then is an error noticed.
Caught by: test_the_first_error_leaves_release
"""

import asyncio


async def release(copy, servers):
    tasks = [asyncio.create_task(copy(server)) for server in servers]
    while not all(task.done() for task in tasks):
        done, pending = await asyncio.wait(tasks, timeout=0.25)
        failed = [task for task in done if task.exception()]
        if failed:
            for task in pending:
                task.cancel()
            await asyncio.gather(*pending, return_exceptions=True)
            raise failed[0].exception()
    return [task.result() for task in tasks]
