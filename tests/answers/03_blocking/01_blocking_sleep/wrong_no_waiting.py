"""Mistake: the waiting is taken out.
Caught by: test_each_chore_leaves_the_event_loop_free
"""

import asyncio


async def heat_oven(seconds: float) -> str:
    print("oven: on")
    print("oven: hot")
    return "oven is hot"


async def boot_till(seconds: float) -> str:
    print("till: on")
    print("till: up")
    return "till is up"


async def raise_shutters(seconds: float) -> str:
    print("shutters: moving")
    print("shutters: open")
    return "shutters are open"


async def open_shop(oven: float, till: float, shutters: float) -> list[str]:
    return await asyncio.gather(heat_oven(oven), boot_till(till), raise_shutters(shutters))
