"""Mistake: after the cancellation the record is written once more, to be sure.
Caught by: test_the_write_is_not_disturbed
"""

import asyncio


async def save(write, record):
    try:
        return await asyncio.shield(write(record))
    except asyncio.CancelledError:
        await write(record)
        raise
