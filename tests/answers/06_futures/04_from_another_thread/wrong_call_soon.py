"""Mistake: call_soon is used from another thread; it queues the call and wakes nobody.
Caught by: test_the_picture_comes_when_nothing_else_is_going_on
"""

import asyncio


async def take_picture(snap):
    loop = asyncio.get_running_loop()
    taken = loop.create_future()

    def deliver(method, value):
        if not taken.done():
            method(value)

    def on_picture(picture):
        loop.call_soon(deliver, taken.set_result, picture)

    def on_error(error):
        loop.call_soon(deliver, taken.set_exception, error)

    snap(on_picture, on_error)
    return await taken
