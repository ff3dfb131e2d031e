"""Mistake: all the pictures go through one box at module level.
Caught by: test_pictures_are_taken_at_the_same_time
"""

import asyncio

BOX = {}


async def take_picture(snap):
    loop = asyncio.get_running_loop()
    came = asyncio.Event()

    def on_picture(picture):
        BOX["last"] = picture
        loop.call_soon_threadsafe(came.set)

    def on_error(error):
        BOX["last"] = error
        loop.call_soon_threadsafe(came.set)

    snap(on_picture, on_error)
    await came.wait()
    if isinstance(BOX["last"], Exception):
        raise BOX["last"]
    return BOX["last"]
