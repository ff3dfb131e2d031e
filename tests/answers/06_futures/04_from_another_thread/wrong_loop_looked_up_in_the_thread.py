"""Mistake: the thread asks for its running event loop, and has none.
Caught by: test_the_picture_comes_when_nothing_else_is_going_on
"""

import asyncio


async def take_picture(snap):
    loop = asyncio.get_running_loop()
    taken = loop.create_future()

    def on_picture(picture):
        asyncio.get_running_loop().call_soon_threadsafe(taken.set_result, picture)

    def on_error(error):
        asyncio.get_running_loop().call_soon_threadsafe(taken.set_exception, error)

    snap(on_picture, on_error)
    return await taken
