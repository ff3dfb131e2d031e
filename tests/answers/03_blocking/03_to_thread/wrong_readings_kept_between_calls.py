"""Mistake: all calls share one dict, so the readings of an earlier call stay in it.
Caught by: test_a_late_reading_becomes_none
"""

import asyncio
import time

READINGS = {}


async def read_meters(read, meters, patience):
    async def read_one(meter):
        asked = time.monotonic()
        reading = await asyncio.to_thread(read, meter)
        READINGS[meter] = reading if time.monotonic() - asked <= patience else None

    await asyncio.gather(*map(read_one, meters))
    return READINGS
