"""Cut in line.

When a web shop starts, it refreshes its exchange rates and loads its open orders. The refresh was made a
task first, so a colleague is sure that its query is sent first. The database log says otherwise.

Task:
    Predict what `program` prints. Write it into PREDICTION, line by line, as a list of texts and not as code
    that makes them.

Example:
    A program of `print("one")` and `print("two")` has PREDICTION = ["one", "two"].

Leave `query`, `program` and `main` as they are. Once PREDICTION is
filled in, running this file shows what happens.
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
