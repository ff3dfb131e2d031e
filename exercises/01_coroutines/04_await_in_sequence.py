"""Awaits in a row.

A dashboard downloads the price list and the stock list before it draws itself. Somebody made both downloads
first and awaits them afterwards, hoping that they overlap. Do they?

Task:
    Read `program` and predict
    - PREDICTION: the lines that it prints, as a list of texts, in the order in which they are printed,
    - SECONDS: how many seconds it takes in all, as a number.

Example:
    A program of `print("a")`, `await asyncio.sleep(4)`, `print("b")` has PREDICTION = ["a", "b"] and
    SECONDS = 4.

Leave `download`, `program` and `main` as they are. Write the lines and the number themselves, not code that
makes them. Running this file shows what really happens once PREDICTION is filled in.
"""

import asyncio
import time

PREDICTION: list[str] = []
SECONDS: float | None = None


async def download(name: str, seconds: float) -> str:
    print(f"{name}: asked for")
    await asyncio.sleep(seconds)
    print(f"{name}: here")
    return name


async def program() -> None:
    prices = download("prices", 1.5)
    stock = download("stock", 0.5)
    print("both downloads are made")
    first = await stock
    print(f"first came {first}")
    second = await prices
    print(f"then came {second}")


def main() -> None:
    if not PREDICTION:
        print("Fill in PREDICTION first; then this shows what really happens.")
        return
    started = time.perf_counter()
    asyncio.run(program())
    print(f"({time.perf_counter() - started:.1f} seconds)")


if __name__ == "__main__":
    main()
