"""Mistake: the first task to end is taken for the winner, however it ended.
Caught by: test_a_failure_does_not_win
"""

import asyncio


class AllFailed(Exception):
    pass


async def fastest(fetch, mirrors):
    if not mirrors:
        raise AllFailed
    racing = {asyncio.create_task(fetch(mirror)) for mirror in mirrors}
    ended, racing = await asyncio.wait(racing, return_when=asyncio.FIRST_COMPLETED)
    for task in racing:
        task.cancel()
    await asyncio.gather(*racing, return_exceptions=True)
    try:
        return ended.pop().result()
    except Exception:
        raise AllFailed from None
