"""Mistake: FIRST_EXCEPTION waits for an error or for all of them, never for a winner.
Caught by: test_the_first_file_is_the_result
"""

import asyncio


class AllFailed(Exception):
    pass


async def fastest(fetch, mirrors):
    if not mirrors:
        raise AllFailed
    racing = {asyncio.create_task(fetch(mirror)) for mirror in mirrors}
    ended, racing = await asyncio.wait(racing, return_when=asyncio.FIRST_EXCEPTION)
    for task in racing:
        task.cancel()
    await asyncio.gather(*racing, return_exceptions=True)
    for task in ended:
        if not task.exception():
            return task.result()
    raise AllFailed
