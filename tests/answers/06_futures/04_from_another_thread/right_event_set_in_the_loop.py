"""Right: the thread puts its finding into a list, and the loop is asked to set an event."""

import asyncio


async def take_picture(snap):
    loop = asyncio.get_running_loop()
    there = asyncio.Event()
    found = []

    def keep(picture, error):
        found.append((picture, error))
        loop.call_soon_threadsafe(there.set)

    snap(lambda picture: keep(picture, None), lambda error: keep(None, error))
    await there.wait()
    picture, error = found[0]
    if error is not None:
        raise error
    return picture
