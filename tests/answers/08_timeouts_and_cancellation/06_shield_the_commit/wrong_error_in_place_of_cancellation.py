"""Mistake: after the cancellation the write is awaited bare, so its error comes out in place of the cancellation.
Caught by: test_a_failure_that_nobody_hears_is_printed
"""

import asyncio


async def save(write, record):
    writing = asyncio.create_task(write(record))
    try:
        return await asyncio.shield(writing)
    except asyncio.CancelledError:
        while not writing.done():
            try:
                await asyncio.shield(writing)
            except asyncio.CancelledError:
                pass
        raise
