"""Mistake: the blocking sleeps are moved into threads, though plain waiting needs none.
Caught by: test_no_thread_is_started
"""

import asyncio
import time


async def heat_oven(seconds: float) -> str:
    print("oven: on")
    await asyncio.to_thread(time.sleep, seconds)
    print("oven: hot")
    return "oven is hot"


async def boot_till(seconds: float) -> str:
    print("till: on")
    await asyncio.to_thread(time.sleep, seconds)
    print("till: up")
    return "till is up"


async def raise_shutters(seconds: float) -> str:
    print("shutters: moving")
    await asyncio.to_thread(time.sleep, seconds)
    print("shutters: open")
    return "shutters are open"


async def open_shop(oven: float, till: float, shutters: float) -> list[str]:
    return await asyncio.gather(heat_oven(oven), boot_till(till), raise_shutters(shutters))
