"""Right: the chores share one coroutine function, and sleep hands the text back."""

from asyncio import gather, sleep


async def chore(name: str, first: str, last: str, seconds: float, result: str) -> str:
    print(f"{name}: {first}")
    result = await sleep(seconds, result)
    print(f"{name}: {last}")
    return result


async def heat_oven(seconds):
    return await chore("oven", "on", "hot", seconds, "oven is hot")


async def boot_till(seconds):
    return await chore("till", "on", "up", seconds, "till is up")


async def raise_shutters(seconds):
    return await chore("shutters", "moving", "open", seconds, "shutters are open")


async def open_shop(oven, till, shutters):
    chores = [heat_oven(oven), boot_till(till), raise_shutters(shutters)]
    return list(await gather(*chores))
