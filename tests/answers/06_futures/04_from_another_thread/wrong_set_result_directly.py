"""Mistake: the library's thread sets the future itself, and nobody wakes the event loop.
Caught by: test_the_picture_comes_when_nothing_else_is_going_on
"""

import asyncio


async def take_picture(snap):
    loop = asyncio.get_running_loop()
    taken = loop.create_future()

    def on_picture(picture):
        if not taken.done():
            taken.set_result(picture)

    def on_error(error):
        if not taken.done():
            taken.set_exception(error)

    snap(on_picture, on_error)
    return await taken
