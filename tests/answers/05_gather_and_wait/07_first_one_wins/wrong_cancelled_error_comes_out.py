"""Mistake: awaiting a cancelled loser raises its CancelledError, and that leaves fastest.
Caught by: test_the_first_file_is_the_result
"""

import asyncio


class AllFailed(Exception):
    pass


async def fastest(fetch, mirrors):
    racing = {asyncio.create_task(fetch(mirror)) for mirror in mirrors}
    while racing:
        ended, racing = await asyncio.wait(racing, return_when=asyncio.FIRST_COMPLETED)
        files = [task.result() for task in ended if task.exception() is None]
        if files:
            for task in racing:
                task.cancel()
            for task in racing:
                await task
            return files[0]
    raise AllFailed("all failed")
