"""Who is what.

A new colleague calls everything in the code "the coroutine". A small program says of each thing what it is.

Task:
    Predict what `program` prints. Write it into PREDICTION, line by line, as a list of texts and not as code
    that makes them.

Example:
    `describe("seven", 7)` prints "seven: none of these", and `print("done:", 2 > 1)` prints "done: True".

New here:
    `asyncio.get_running_loop().create_future()` makes a future; `set_result` makes it done, and `cancel`
    cancels it. Tasks have `done`, `cancelled` and `cancel` too. `cancel` says whether it could still change
    anything.

Leave `fetch_rate`, `describe`, `program` and `main` as they are. Once PREDICTION is filled in, running this
file shows what happens.
"""

import asyncio
import inspect

PREDICTION: list[str] = []


async def fetch_rate(currency: str, seconds: float) -> float:
    await asyncio.sleep(seconds)
    return {"CHF": 0.95, "NOK": 11.5}[currency]


def describe(name: str, thing: object) -> None:
    what = []
    if inspect.iscoroutinefunction(thing):
        what.append("coroutine function")
    if inspect.iscoroutine(thing):
        what.append("coroutine object")
    if isinstance(thing, asyncio.Task):
        what.append("task")
    if isinstance(thing, asyncio.Future):
        what.append("future")
    if inspect.isawaitable(thing):
        what.append("can be awaited")
    print(f"{name}: {', '.join(what) or 'none of these'}")


async def program() -> None:
    slip: asyncio.Future[float] = asyncio.get_running_loop().create_future()
    work = fetch_rate("CHF", 0.5)
    task = asyncio.create_task(fetch_rate("NOK", 1))
    describe("fetch_rate", fetch_rate)
    describe("work", work)
    describe("task", task)
    describe("slip", slip)
    rate = await work
    describe("rate", rate)

    print("task is done:", task.done())
    print("slip is done:", slip.done())
    slip.set_result(rate)
    print("and now:", slip.done())
    print("slip can be cancelled:", slip.cancel())

    other: asyncio.Future[float] = asyncio.get_running_loop().create_future()
    late = asyncio.create_task(fetch_rate("CHF", 0.5))
    await asyncio.sleep(0)
    print("other can be cancelled:", other.cancel())
    print("late can be cancelled:", late.cancel())
    print("other is cancelled:", other.cancelled())
    print("late is cancelled:", late.cancelled())
    await asyncio.wait([late, task])
    print("and now:", late.cancelled(), task.cancelled())
    print("read twice:", await slip, await slip)


def main() -> None:
    if not PREDICTION:
        print("Fill in PREDICTION first; then this shows what really happens.")
        return
    asyncio.run(program())


if __name__ == "__main__":
    main()
