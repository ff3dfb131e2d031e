"""Mistake: the cancellation is caught, the write awaited, and the receipt returned as if nothing had happened.
Caught by: test_the_cancellation_is_not_lost
"""

import asyncio


async def save(write, record):
    writing = asyncio.create_task(write(record))
    while not writing.done():
        try:
            await asyncio.shield(writing)
        except asyncio.CancelledError:
            pass
        except Exception:
            break
    return writing.result()
