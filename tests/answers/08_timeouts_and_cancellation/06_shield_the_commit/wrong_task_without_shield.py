"""Mistake: a task alone is no protection; cancelling the one who awaits a task cancels the task.
Caught by: test_the_write_is_not_disturbed
"""

import asyncio


async def save(write, record):
    writing = asyncio.create_task(write(record))
    try:
        return await writing
    except asyncio.CancelledError:
        await asyncio.wait([writing])
        raise
