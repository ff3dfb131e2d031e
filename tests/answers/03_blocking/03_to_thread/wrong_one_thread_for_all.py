"""Mistake: one thread reads all meters, so the loop is free and the meters still wait for each other.
Caught by: test_all_meters_are_read_at_the_same_time
"""

import asyncio
import time


async def read_meters(read, meters, patience):
    def read_all():
        readings = {}
        for meter in meters:
            asked = time.monotonic()
            reading = read(meter)
            readings[meter] = reading if time.monotonic() - asked <= patience else None
        return readings

    return await asyncio.to_thread(read_all)
