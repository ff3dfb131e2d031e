"""Mistake: 0 seconds count as no time at all, and the text is forgotten.
Caught by: test_the_sensor_is_ready_afterwards
"""

import asyncio


async def warm_up(sensor: str, seconds: float) -> str:
    if seconds:
        await asyncio.sleep(seconds)
        return f"{sensor} is ready"
