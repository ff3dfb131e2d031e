"""The blocking sleep.

Before a bakery opens, the oven heats up, the till boots and the shutters go up. The code says `async` and
`gather`, and still one chore waits for the other.

Task:
    Repair the file so that the three chores wait at the same time.
    - `heat_oven(seconds)`, `boot_till(seconds)` and `raise_shutters(seconds)` wait `seconds` seconds each.
      Meanwhile the event loop is free for others. Start no threads.
    - `open_shop(oven, till, shutters)` takes as long as the longest of the three. It returns their texts in
      this order.

Example:
    `await open_shop(2, 1.5, 0.5)` takes 2 seconds and gives
    ["oven is hot", "till is up", "shutters are open"].

Leave names, arguments, texts and `main` as they are.
"""

import asyncio
import time


async def heat_oven(seconds: float) -> str:
    print("oven: on")
    time.sleep(seconds)
    print("oven: hot")
    return "oven is hot"


async def boot_till(seconds: float) -> str:
    print("till: on")
    time.sleep(seconds)
    print("till: up")
    return "till is up"


async def raise_shutters(seconds: float) -> str:
    print("shutters: moving")
    time.sleep(seconds)
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
