"""Mistake: to_thread is handed the answer of the call instead of the function.
Caught by: test_the_event_loop_stays_free
"""

import asyncio
import time


async def read_meters(read, meters, patience):
    async def read_one(meter):
        asked = time.monotonic()
        answer = read(meter)
        reading = await asyncio.to_thread(lambda: answer)
        return reading if time.monotonic() - asked <= patience else None

    return dict(zip(meters, await asyncio.gather(*(read_one(meter) for meter in meters))))
