"""Mistake: a second event loop is started inside an ordinary function.
Caught by: test_the_sensor_is_ready_afterwards
"""

import asyncio


def warm_up(sensor: str, seconds: float) -> str:
    asyncio.run(asyncio.sleep(seconds))
    return f"{sensor} is ready"
