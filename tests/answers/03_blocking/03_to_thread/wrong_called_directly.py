"""Mistake: the blocking function is called in a coroutine, as if that made it async.
Caught by: test_the_event_loop_stays_free
"""

import asyncio
import time


async def read_meters(read, meters, patience):
    async def read_one(meter):
        asked = time.monotonic()
        reading = read(meter)
        return reading if time.monotonic() - asked <= patience else None

    return dict(zip(meters, await asyncio.gather(*(read_one(meter) for meter in meters))))
