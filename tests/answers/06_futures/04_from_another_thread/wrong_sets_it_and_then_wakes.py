"""Mistake: the thread sets the future itself and only wakes the event loop in a way made for threads.
Caught by: test_the_thread_touches_nothing_of_asyncio
"""

import asyncio


async def take_picture(snap):
    loop = asyncio.get_running_loop()
    taken = loop.create_future()

    def on_picture(picture):
        if not taken.done():
            taken.set_result(picture)
            loop.call_soon_threadsafe(lambda: None)

    def on_error(error):
        if not taken.done():
            taken.set_exception(error)
            loop.call_soon_threadsafe(lambda: None)

    snap(on_picture, on_error)
    return await taken
