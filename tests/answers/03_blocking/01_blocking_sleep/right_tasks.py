"""Right: three tasks, awaited one after another."""

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
    oven_task = asyncio.create_task(heat_oven(oven))
    till_task = asyncio.create_task(boot_till(till))
    shutters_task = asyncio.create_task(raise_shutters(shutters))
    return [await oven_task, await till_task, await shutters_task]
