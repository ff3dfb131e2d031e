"""Tries: replace asyncio.sleep by one that takes no time.
For: 02_event_loop/07_countdown
Must: earn nothing
"""

import asyncio


async def no_sleep(delay, result=None):
    return result


asyncio.sleep = asyncio.tasks.sleep = no_sleep


def countdown(seconds, tick):
    async def count():
        for left in range(seconds, 0, -1):
            tick(left)
            await asyncio.sleep(1)
        return ""

    return asyncio.ensure_future(count())
