"""Gather is a future.

A navigation device loads the parts of a map with `asyncio.gather` and keeps what the call gives, so that it
can stop the loading. What does it hold?

Task:
    Read `program` and predict
    - PREDICTION: the lines that it prints, as a list of texts, in the order in which they are printed,
    - SECONDS: how many seconds it takes in all.

Example:
    A program of `print("stopped:", True)`, `await asyncio.sleep(4)`, `print("b")` has PREDICTION =
    ["stopped: True", "b"] and SECONDS = 4.

Leave `load`, `program` and `main` as they are. Write the lines and the number themselves, not code that makes
them. Running this file shows what really happens once PREDICTION is filled in.
"""

import asyncio
import inspect
import time

PREDICTION: list[str] = []
SECONDS: float | None = None


async def load(part: str, seconds: float) -> str:
    print(f"{part}: begins")
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        print(f"{part}: stopped")
        raise
    print(f"{part}: loaded")
    return part


async def program() -> None:
    batch = asyncio.gather(load("roads", 0.5), load("rivers", 1.5), load("names", 2))
    print("a coroutine object:", inspect.iscoroutine(batch))
    print("a future:", isinstance(batch, asyncio.Future))
    await asyncio.sleep(1)
    print("one second later")
    print("can be cancelled:", batch.cancel())
    print("done:", batch.done())
    try:
        print("parts:", await batch)
    except asyncio.CancelledError:
        print("the batch is cancelled")
    print("done:", batch.done())

    again = asyncio.gather(load("towns", 0.5))
    print("parts:", await again)
    print("can be cancelled:", again.cancel())


def main() -> None:
    if not PREDICTION:
        print("Fill in PREDICTION first; then this shows what really happens.")
        return
    started = time.perf_counter()
    asyncio.run(program())
    print(f"({time.perf_counter() - started:.1f} seconds)")


if __name__ == "__main__":
    main()
