"""Right: the first cancellation leads to a second kind of waiting, which notes all further ones."""

import asyncio


async def until_done(task):
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError:
            continue


async def save(write, record):
    writing = asyncio.create_task(write(record))
    try:
        return await asyncio.shield(writing)
    except asyncio.CancelledError:
        await until_done(writing)
        if writing.exception():
            print(f"not saved: {writing.exception()}")
        raise
