"""Mistake: believes that the new requests of as_completed take no time any more.
Caught by: test_the_seconds
"""

import asyncio
import time

PREDICTION: list[str] = [
    "gather: list tulip rose aster",
    "wait: set 3 0",
    "sorted: aster rose tulip",
    "next: aster",
    "next: tulip",
    "next: rose",
]
SECONDS: float | None = 1.5


async def ask(shop: str, seconds: float) -> str:
    await asyncio.sleep(seconds)
    return shop


async def program() -> None:
    tasks = [
        asyncio.create_task(ask("tulip", 1)),
        asyncio.create_task(ask("rose", 1.5)),
        asyncio.create_task(ask("aster", 0.5)),
    ]
    shops = await asyncio.gather(*tasks)
    print("gather:", type(shops).__name__, *shops)

    done, pending = await asyncio.wait(tasks)
    print("wait:", type(done).__name__, len(done), len(pending))
    print("sorted:", *sorted(task.result() for task in done))

    for following in asyncio.as_completed([ask("tulip", 1), ask("rose", 1.5), ask("aster", 0.5)]):
        shop = await following
        print("next:", shop)


def main() -> None:
    if not PREDICTION:
        print("Fill in PREDICTION first; then this shows what really happens.")
        return
    started = time.perf_counter()
    asyncio.run(program())
    print(f"({time.perf_counter() - started:.1f} seconds)")


if __name__ == "__main__":
    main()
