"""Right: a shield for each turn of waiting."""

import asyncio


async def save(write, record):
    writing = asyncio.ensure_future(write(record))
    requests = 0
    while not writing.done():
        try:
            await asyncio.shield(writing)
        except asyncio.CancelledError:
            requests += 1
        except Exception:
            break
    if not requests:
        return await writing
    if writing.exception() is not None:
        print("not saved:", writing.exception())
    raise asyncio.CancelledError
