"""Mistake: of several that ended together only one is looked at.
Caught by: test_a_failure_does_not_win
"""

import asyncio


class AllFailed(Exception):
    pass


async def fastest(fetch, mirrors):
    pending = {asyncio.create_task(fetch(mirror)) for mirror in mirrors}
    while pending:
        done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        ended = done.pop()
        if ended.exception() is None:
            for task in pending:
                task.cancel()
            await asyncio.gather(*pending, return_exceptions=True)
            return ended.result()
    raise AllFailed
