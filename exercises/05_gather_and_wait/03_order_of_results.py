"""The order of results.

Three shops are asked for the price of a lamp. `gather`, `wait` and `as_completed` give the results in
different ways.

Task:
    Read `program` and predict
    - PREDICTION: the lines that it prints, as a list of texts, in their order,
    - SECONDS: how many seconds it takes in all.
    Write out the lines and the number, not code that makes them. Then run this file to see what happens.

Example:
    For `print("a:", *["x", "y"])`, then `await asyncio.sleep(4)`, PREDICTION = ["a: x y"] and SECONDS = 4.

New here:
    `asyncio.as_completed(things)` makes a task of each coroutine object; a `for` loop over it gives something
    to await in each round.

Leave `ask`, `program` and `main` as they are.
"""

import asyncio
import time

PREDICTION: list[str] = []
SECONDS: float | None = None


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
