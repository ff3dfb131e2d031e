"""Mistake: the thread sets an asyncio.Event, which is no safer than setting the future.
Caught by: test_the_picture_comes_when_nothing_else_is_going_on
"""

import asyncio


async def take_picture(snap):
    there = asyncio.Event()
    found = []

    def keep(value):
        found.append(value)
        there.set()

    snap(keep, keep)
    await there.wait()
    if isinstance(found[0], Exception):
        raise found[0]
    return found[0]
