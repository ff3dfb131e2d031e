"""Mistake: each chore is awaited before the next one begins.
Caught by: test_the_shop_opens_with_the_longest_chore
"""

import asyncio


async def heat_oven(seconds: float) -> str:
    print("oven: on")
    await asyncio.sleep(seconds)
    print("oven: hot")
    return "oven is hot"


async def boot_till(seconds: float) -> str:
    print("till: on")
    await asyncio.sleep(seconds)
    print("till: up")
    return "till is up"


async def raise_shutters(seconds: float) -> str:
    print("shutters: moving")
    await asyncio.sleep(seconds)
    print("shutters: open")
    return "shutters are open"


async def open_shop(oven: float, till: float, shutters: float) -> list[str]:
    return [await heat_oven(oven), await boot_till(till), await raise_shutters(shutters)]
