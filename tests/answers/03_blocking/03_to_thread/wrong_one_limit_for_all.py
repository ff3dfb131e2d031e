"""Mistake: if one meter is late, all readings are thrown away.
Caught by: test_a_late_reading_becomes_none
"""

import asyncio
import time


async def read_meters(read, meters, patience):
    asked = time.monotonic()
    readings = await asyncio.gather(*(asyncio.to_thread(read, meter) for meter in meters))
    if time.monotonic() - asked > patience:
        readings = [None] * len(meters)
    return dict(zip(meters, readings))
