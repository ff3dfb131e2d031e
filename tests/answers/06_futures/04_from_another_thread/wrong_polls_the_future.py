"""Mistake: the future is still set in the thread, and a loop of short sleeps keeps the event loop awake.
Caught by: test_pictures_are_taken_at_the_same_time
"""

import asyncio


async def take_picture(snap):
    taken = asyncio.get_running_loop().create_future()

    def on_picture(picture):
        if not taken.done():
            taken.set_result(picture)

    def on_error(error):
        if not taken.done():
            taken.set_exception(error)

    snap(on_picture, on_error)
    while not taken.done():
        await asyncio.sleep(0.1)
    return taken.result()
