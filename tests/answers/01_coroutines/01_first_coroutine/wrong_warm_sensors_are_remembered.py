"""Mistake: a sensor that was warmed up before is taken to be warm still.
Caught by: test_it_waits_as_long_as_it_is_told
"""

import asyncio

WARM = set()


async def warm_up(sensor, seconds):
    if sensor not in WARM:
        await asyncio.sleep(seconds)
        WARM.add(sensor)
    return f"{sensor} is ready"
