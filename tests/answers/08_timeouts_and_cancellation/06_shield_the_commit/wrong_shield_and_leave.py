"""Mistake: the write is shielded and not kept, so save ends at once and nobody waits for the write.
Caught by: test_save_waits_for_the_write
"""

import asyncio


async def save(write, record):
    return await asyncio.shield(write(record))
