"""Right: a task group instead of gather."""

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
    async with asyncio.TaskGroup() as group:
        chores = [
            group.create_task(heat_oven(oven)),
            group.create_task(boot_till(till)),
            group.create_task(raise_shutters(shutters)),
        ]
    return [chore.result() for chore in chores]
