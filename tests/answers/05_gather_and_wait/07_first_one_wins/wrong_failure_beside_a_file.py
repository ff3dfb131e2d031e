"""Mistake: a file that comes at the moment of a failure is thrown away.
Caught by: test_a_failure_does_not_win
"""

import asyncio


class AllFailed(Exception):
    pass


async def fastest(fetch, mirrors):
    pending = {asyncio.create_task(fetch(mirror)) for mirror in mirrors}
    while pending:
        done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        if any(task.exception() for task in done):
            continue
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
        return done.pop().result()
    raise AllFailed
