"""Mistake: the text is printed instead of being returned.
Caught by: test_the_sensor_is_ready_afterwards
"""

import asyncio


async def warm_up(sensor: str, seconds: float) -> None:
    await asyncio.sleep(seconds)
    print(f"{sensor} is ready")
