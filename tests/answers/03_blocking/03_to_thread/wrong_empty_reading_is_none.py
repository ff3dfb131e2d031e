"""Mistake: an empty reading is taken for none.
Caught by: test_a_late_reading_becomes_none
"""

import asyncio
import time


async def read_meters(read, meters, patience):
    async def read_one(meter):
        asked = time.monotonic()
        reading = await asyncio.to_thread(read, meter)
        if time.monotonic() - asked > patience:
            reading = None
        return reading or None

    return dict(zip(meters, await asyncio.gather(*map(read_one, meters)), strict=True))
