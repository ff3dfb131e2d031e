"""Mistake: a file that counts as false is taken for a failure.
Caught by: test_an_empty_file_wins
"""

import asyncio


class AllFailed(Exception):
    pass


async def fastest(fetch, mirrors):
    racing = {asyncio.create_task(fetch(mirror)) for mirror in mirrors}
    file = None
    while racing and not file:
        ended, racing = await asyncio.wait(racing, return_when=asyncio.FIRST_COMPLETED)
        file = next((task.result() for task in ended if not task.exception()), None)
    for task in racing:
        task.cancel()
    await asyncio.gather(*racing, return_exceptions=True)
    if not file:
        raise AllFailed
    return file
