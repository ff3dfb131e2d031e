"""Mistake: each loser is cancelled and awaited before the next one is cancelled.
Caught by: test_the_losers_have_ended
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
                await asyncio.wait([task])
            return files[0]
    raise AllFailed("all failed")
