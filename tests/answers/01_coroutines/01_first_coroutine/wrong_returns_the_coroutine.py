"""Mistake: the coroutine object is returned instead of its result.
Caught by: test_the_sensor_is_ready_afterwards
"""

import asyncio


async def warm_up(sensor: str, seconds: float):
    return asyncio.sleep(seconds, f"{sensor} is ready")
