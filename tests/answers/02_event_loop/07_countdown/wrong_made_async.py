"""Mistake: countdown is a coroutine function, so nothing runs before it is awaited.
Caught by: test_it_ticks_every_second
"""

import asyncio


async def countdown(seconds, tick):
    for left in reversed(range(seconds)):
        await asyncio.sleep(1)
        tick(left)
    return "time is up"
