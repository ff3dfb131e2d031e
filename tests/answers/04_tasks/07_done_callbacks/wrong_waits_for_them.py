"""Mistake: watch waits for the tasks, so it does not return before they have ended.
Caught by: test_every_end_is_counted_when_it_comes
"""

import asyncio


async def watch(tasks, show):
    counters = [0, 0, 0]
    for task in tasks:
        await asyncio.wait([task])
        if task.cancelled():
            counters[2] += 1
        else:
            counters[task.exception() is not None] += 1
        show(*counters)
