"""Starving neighbours.

Why: switching is cooperative, so a computation has to step aside by itself; `sleep(0)` does that without
waiting for anything. A turn of the event loop is cheap but not free, so the clock decides when it is time,
and not the number of steps, which may be long or short. Whoever cannot cut a computation into steps has to
move it elsewhere; that is the next chapter.
"""

import asyncio
import time
from collections.abc import Callable


async def crunch(steps: list[Callable[[], int]], patience: float) -> list[int]:
    numbers = []
    last_turn = time.monotonic()
    for step in steps:
        if time.monotonic() - last_turn >= patience:
            await asyncio.sleep(0)
            last_turn = time.monotonic()
        numbers.append(step())
    return numbers


async def main() -> None:
    def step() -> int:
        time.sleep(0.1)
        return 1

    async def heartbeat() -> None:
        last = time.monotonic()
        while True:
            await asyncio.sleep(0.05)
            print(f"heartbeat, {time.monotonic() - last:.2f} seconds after the last one")
            last = time.monotonic()

    beating = asyncio.create_task(heartbeat())
    await asyncio.sleep(0)
    print(sum(await crunch([step] * 15, patience=0.25)), "steps are done")
    await asyncio.sleep(0.1)
    beating.cancel()


if __name__ == "__main__":
    asyncio.run(main())
