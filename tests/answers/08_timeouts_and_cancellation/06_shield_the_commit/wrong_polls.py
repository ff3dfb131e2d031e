"""Mistake: after the cancellation a loop looks again and again whether the write has ended.
Caught by: test_save_waits_for_the_write
"""

import asyncio


async def save(write, record):
    writing = asyncio.create_task(write(record))
    try:
        return await asyncio.shield(writing)
    except asyncio.CancelledError:
        while not writing.done():
            try:
                await asyncio.sleep(0.1)
            except asyncio.CancelledError:
                continue
        if writing.exception():
            print(f"not saved: {writing.exception()}")
        raise
