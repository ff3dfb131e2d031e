"""The blocking sleep.

Why: `async def` and `gather` only make it possible to switch; somebody must let go of the thread.
`time.sleep` keeps it, so the event loop cannot run anything else meanwhile. `await asyncio.sleep` tells the
loop when to come back and lets go, so the three waits happen during the same seconds.
"""

import asyncio
import time


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
    return await asyncio.gather(heat_oven(oven), boot_till(till), raise_shutters(shutters))


async def main() -> None:
    started = time.perf_counter()
    print(await open_shop(1, 0.75, 0.5))
    print(f"open after {time.perf_counter() - started:.1f} seconds")


if __name__ == "__main__":
    asyncio.run(main())
