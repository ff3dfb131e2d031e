"""Mistake: believes that program awaits the task when it is made.
Caught by: test_the_two_queries_take_turns
"""

import asyncio

PREDICTION: list[str] = [
    "rates: query sent",
    "rates: rows are here",
    "the refresh is scheduled",
    "orders: query sent",
    "orders: rows are here",
    "the orders are loaded",
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
