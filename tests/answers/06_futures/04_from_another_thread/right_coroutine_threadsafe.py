"""Right: the thread hands a coroutine to the loop, which puts the finding into a queue of asyncio."""

import asyncio


async def take_picture(snap):
    loop = asyncio.get_running_loop()
    came = asyncio.Queue()

    def on_picture(picture):
        asyncio.run_coroutine_threadsafe(came.put(("picture", picture)), loop)

    def on_error(error):
        asyncio.run_coroutine_threadsafe(came.put(("error", error)), loop)

    snap(on_picture, on_error)
    kind, value = await came.get()
    if kind == "error":
        raise value
    return value
