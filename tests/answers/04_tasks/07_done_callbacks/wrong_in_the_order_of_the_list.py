"""Mistake: one background task waits for the tasks in the order of the list.
Caught by: test_every_end_is_counted_when_it_comes
"""

import asyncio

followers = set()


def watch(tasks, show):
    counters = [0, 0, 0]

    async def follow():
        for task in tasks:
            await asyncio.wait([task])
            if task.cancelled():
                counters[2] += 1
            else:
                counters[task.exception() is not None] += 1
            show(*counters)

    followers.add(asyncio.create_task(follow()))
