"""Mistake: a loop with a short sleep asks again and again whether the picture is there.
Caught by: test_pictures_are_taken_at_the_same_time
"""

import asyncio


async def take_picture(snap):
    came = []
    snap(came.append, came.append)
    while not came:
        await asyncio.sleep(0.05)
    if isinstance(came[0], Exception):
        raise came[0]
    return came[0]
