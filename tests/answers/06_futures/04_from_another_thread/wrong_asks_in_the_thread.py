"""Mistake: whether the future is done is asked in the thread; by the time of the setting it may be.
Caught by: test_after_a_cancellation_nothing_comes_of_it
"""

import asyncio


async def take_picture(snap):
    loop = asyncio.get_running_loop()
    taken = loop.create_future()

    def on_picture(picture):
        if not taken.done():
            loop.call_soon_threadsafe(taken.set_result, picture)

    def on_error(error):
        if not taken.done():
            loop.call_soon_threadsafe(taken.set_exception, error)

    snap(on_picture, on_error)
    return await taken
