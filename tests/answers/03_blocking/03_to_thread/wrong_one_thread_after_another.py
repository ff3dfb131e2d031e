"""Mistake: each thread is awaited before the next one is started.
Caught by: test_all_meters_are_read_at_the_same_time
"""

import asyncio
import time


async def read_meters(read, meters, patience):
    readings = {}
    for meter in meters:
        asked = time.monotonic()
        reading = await asyncio.to_thread(read, meter)
        readings[meter] = reading if time.monotonic() - asked <= patience else None
    return readings
