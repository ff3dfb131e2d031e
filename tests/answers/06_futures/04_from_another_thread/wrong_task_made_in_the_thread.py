"""Mistake: the thread makes a task in an event loop of its own.
Caught by: test_the_picture_comes_when_nothing_else_is_going_on
"""

import asyncio


async def take_picture(snap):
    loop = asyncio.get_running_loop()
    taken = loop.create_future()

    async def deliver(picture):
        if not taken.done():
            taken.set_result(picture)

    async def fail(error):
        if not taken.done():
            taken.set_exception(error)

    def on_picture(picture):
        asyncio.run(deliver(picture))

    def on_error(error):
        asyncio.run(fail(error))

    snap(on_picture, on_error)
    return await taken
