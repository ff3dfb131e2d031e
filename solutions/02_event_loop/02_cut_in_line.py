"""Cut in line.

Why: a task has to wait for its turn; a coroutine object that is awaited has not. `await query("orders")`
runs that body on the spot, as a part of `program`, up to the first place that really suspends. Only there
does `program` step aside, and the task, which stood in the queue all the time, has its first turn.
"""

import asyncio

PREDICTION: list[str] = [
    "the refresh is scheduled",
    "orders: query sent",
    "rates: query sent",
    "orders: rows are here",
    "the orders are loaded",
    "rates: rows are here",
    "the rates are fresh",
]


async def query(table: str) -> None:
    print(f"{table}: query sent")
    await asyncio.sleep(0)
    print(f"{table}: rows are here")


async def program() -> None:
    refresh = asyncio.create_task(query("rates"))
    print("the refresh is scheduled")
    await query("orders")
    print("the orders are loaded")
    await refresh
    print("the rates are fresh")


def main() -> None:
    if not PREDICTION:
        print("Fill in PREDICTION first; then this shows what really happens.")
        return
    asyncio.run(program())


if __name__ == "__main__":
    main()
