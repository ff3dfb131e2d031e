"""Mistake: set_result is called in the thread, and its result None is handed to the loop.
Caught by: test_the_picture_comes_when_nothing_else_is_going_on
"""

import asyncio


async def take_picture(snap):
    loop = asyncio.get_running_loop()
    taken = loop.create_future()

    def on_picture(picture):
        loop.call_soon_threadsafe(taken.set_result(picture))

    def on_error(error):
        loop.call_soon_threadsafe(taken.set_exception(error))

    snap(on_picture, on_error)
    return await taken
