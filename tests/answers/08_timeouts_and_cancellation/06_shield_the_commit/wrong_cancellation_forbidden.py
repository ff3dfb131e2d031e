"""Mistake: the cancellation is taken back with uncancel, as if save could forbid it.
Caught by: test_the_cancellation_is_not_lost
"""

import asyncio


async def save(write, record):
    writing = asyncio.create_task(write(record))
    while not writing.done():
        try:
            await asyncio.wait([writing])
        except asyncio.CancelledError:
            asyncio.current_task().uncancel()
    return await writing
