"""Mistake: asyncio.sleep is called and not awaited.
Caught by: test_each_chore_leaves_the_event_loop_free
"""

import asyncio


async def heat_oven(seconds: float) -> str:
    print("oven: on")
    asyncio.sleep(seconds)
    print("oven: hot")
    return "oven is hot"


async def boot_till(seconds: float) -> str:
    print("till: on")
    asyncio.sleep(seconds)
    print("till: up")
    return "till is up"


async def raise_shutters(seconds: float) -> str:
    print("shutters: moving")
    asyncio.sleep(seconds)
    print("shutters: open")
    return "shutters are open"


async def open_shop(oven: float, till: float, shutters: float) -> list[str]:
    return await asyncio.gather(heat_oven(oven), boot_till(till), raise_shutters(shutters))
