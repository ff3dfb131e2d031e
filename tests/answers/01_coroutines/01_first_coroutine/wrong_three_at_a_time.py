"""Mistake: no more than three sensors warm up at the same time.
Caught by: test_others_run_while_it_waits
"""

import asyncio

SLOTS = asyncio.Semaphore(3)


async def warm_up(sensor, seconds):
    async with SLOTS:
        await asyncio.sleep(seconds)
    return f"{sensor} is ready"
