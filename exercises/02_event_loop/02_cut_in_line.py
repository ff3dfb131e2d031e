"""Cut in line.

When a web shop starts, it refreshes its exchange rates and loads its open orders. The refresh was made a task
first, so a colleague is sure that its query is sent first. The database log says otherwise.

Task:
    Read `program` and predict what it prints. Put the lines into PREDICTION, as a list of texts, one for
    each printed line, in the order in which they are printed.

Example:
    A program of `print("one")` and `print("two")` has PREDICTION = ["one", "two"].

Leave `query`, `program` and `main` as they are. Write the lines themselves, not code that makes them.
Running this file shows what really happens once PREDICTION is filled in.
"""

import asyncio

PREDICTION: list[str] = []


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
