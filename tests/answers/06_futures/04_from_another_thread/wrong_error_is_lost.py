"""Mistake: an error of the camera is printed in the thread and never reaches the one who waits.
Caught by: test_an_error_is_raised
"""

import asyncio


async def take_picture(snap):
    loop = asyncio.get_running_loop()
    taken = loop.create_future()

    def deliver(picture):
        if not taken.done():
            taken.set_result(picture)

    def on_picture(picture):
        loop.call_soon_threadsafe(deliver, picture)

    def on_error(error):
        print(f"camera: {error}")

    snap(on_picture, on_error)
    return await taken
