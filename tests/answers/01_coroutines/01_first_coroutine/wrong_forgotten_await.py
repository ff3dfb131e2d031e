"""Mistake: asyncio.sleep is called and not awaited, so nothing is waited for.
Caught by: test_it_waits_as_long_as_it_is_told
"""

import asyncio


async def warm_up(sensor: str, seconds: float) -> str:
    asyncio.sleep(seconds)
    return f"{sensor} is ready"
