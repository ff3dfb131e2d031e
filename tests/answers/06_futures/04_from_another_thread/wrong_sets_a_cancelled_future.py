"""Mistake: the loop sets the future without asking whether it was cancelled meanwhile.
Caught by: test_after_a_cancellation_nothing_comes_of_it
"""

import asyncio


async def take_picture(snap):
    loop = asyncio.get_running_loop()
    taken = loop.create_future()

    def on_picture(picture):
        loop.call_soon_threadsafe(taken.set_result, picture)

    def on_error(error):
        loop.call_soon_threadsafe(taken.set_exception, error)

    snap(on_picture, on_error)
    return await taken
