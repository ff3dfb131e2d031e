"""Starving neighbours.

A telescope's control program works out the orbit of an asteroid, step by step. While it computes, its
heartbeat stops, and the dome, which waits for the heartbeat, closes itself. Nothing in the computation waits
for anything, so nothing in it ever lets the others have a turn.

Task:
    Repair `crunch(steps, patience)`. `steps` is a list of ordinary functions; each computes for a moment
    when it is called without arguments, and gives a number.
    - All steps are called once, in order, in the thread in which `crunch` runs: they share data and must not
      run anywhere else. The result is the list of their numbers.
    - When `patience` seconds or more have gone by since `crunch` began, or since the others last had a turn,
      the others have a turn before the next step begins. (One that sleeps, such as the heartbeat, needs one
      turn to be woken and the next one to run, so it may be silent for up to three times as long as two turns
      are apart.)
    - Before that time is up, they have none: a turn for the others is not free, and there are thousands of
      tiny steps. (After the last step, one turn more does no harm.)
    - A turn for the others costs no waiting. If nobody else has anything to do, the whole takes just as long
      as its steps.
    - If a step fails, its error leaves `crunch`, and the steps after it are not called.

Example:
    With a patience of 0.25 seconds and ten steps of 0.1 seconds, the others have their turn after steps
    3, 6 and 9, and the whole takes 1 second.

New here:
    `time.monotonic()` reads a clock, in seconds. The difference of two readings is the time between them.

Leave the name, the arguments and `main` as they are. In `main` and in the tests, a `time.sleep` stands for
the computing of a step.
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
