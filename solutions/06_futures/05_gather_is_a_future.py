"""Gather is a future.

Why: `gather` makes a task of each coroutine object at the call and gives a future that becomes done when all
of them are. So the parts run although nobody has awaited the batch yet. Cancelling the batch asks every part
that is not done to stop, and the batch is over when they are; what was loaded by then stays loaded.
"""

import asyncio
import inspect
import time

PREDICTION: list[str] = [
    "a coroutine object: False",
    "a future: True",
    "roads: begins",
    "rivers: begins",
    "names: begins",
    "roads: loaded",
    "one second later",
    "can be cancelled: True",
    "done: False",
    "rivers: stopped",
    "names: stopped",
    "the batch is cancelled",
    "done: True",
    "towns: begins",
    "towns: loaded",
    "parts: ['towns']",
    "can be cancelled: False",
]
SECONDS: float | None = 1.5


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
