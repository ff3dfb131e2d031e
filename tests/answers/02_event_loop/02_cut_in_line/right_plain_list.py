"""Right: the same lines in another layout."""

import asyncio

PREDICTION = [
    'the refresh is scheduled',
    'orders: query sent',
    'rates: query sent',
    'orders: rows are here',
    'the orders are loaded',
    'rates: rows are here',
    'the rates are fresh',
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
