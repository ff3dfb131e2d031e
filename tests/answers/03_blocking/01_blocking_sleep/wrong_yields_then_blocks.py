"""Mistake: a sleep(0) is put before the blocking sleep, as if that made it harmless.
Caught by: test_each_chore_leaves_the_event_loop_free
"""

import asyncio
import time


async def heat_oven(seconds: float) -> str:
    print("oven: on")
    await asyncio.sleep(0)
    time.sleep(seconds)
    print("oven: hot")
    return "oven is hot"


async def boot_till(seconds: float) -> str:
    print("till: on")
    await asyncio.sleep(0)
    time.sleep(seconds)
    print("till: up")
    return "till is up"


async def raise_shutters(seconds: float) -> str:
    print("shutters: moving")
    await asyncio.sleep(0)
    time.sleep(seconds)
    print("shutters: open")
    return "shutters are open"


async def open_shop(oven: float, till: float, shutters: float) -> list[str]:
    return await asyncio.gather(heat_oven(oven), boot_till(till), raise_shutters(shutters))
