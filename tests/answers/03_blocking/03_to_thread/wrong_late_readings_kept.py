"""Mistake: the time limit is lost on the way, so that late readings count.
Caught by: test_a_late_reading_becomes_none
"""

import asyncio


async def read_meters(read, meters, patience):
    readings = await asyncio.gather(*(asyncio.to_thread(read, meter) for meter in meters))
    return dict(zip(meters, readings))
