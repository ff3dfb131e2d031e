"""Mistake: the waiting after the first cancellation has no shield, so a second cancellation breaks the write off.
Caught by: test_several_cancellations
"""

import asyncio


async def save(write, record):
    writing = asyncio.create_task(write(record))
    try:
        return await asyncio.shield(writing)
    except asyncio.CancelledError:
        try:
            await writing
        except Exception as error:
            print(f"not saved: {error}")
        raise
