"""Starving neighbours.

While a telescope's program computes an orbit, step by step, its heartbeat stops.

Task:
    Repair `crunch(steps, patience)`. It calls the functions in the list `steps` in order, in the thread where
    it runs, and returns the list of their numbers.
    - Once `patience` seconds have gone by since `crunch` began, or since the other tasks last had a turn,
      they have one before the next step.
    - Earlier they have none. A turn costs no waiting.

Example:
    With `patience=0.25` and steps of 0.1 seconds, the others have a turn after steps 3, 6 and 9.

New here:
    `time.monotonic()` reads a clock, in seconds.

Leave the name, the arguments and `main` as they are. A `time.sleep` stands for computing.
"""

import asyncio
import time
from collections.abc import Callable


async def crunch(steps: list[Callable[[], int]], patience: float) -> list[int]:
    numbers = []
    for step in steps:
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
