"""Mistake: believes that coroutine objects run in the order in which they were made.
Caught by: test_the_lines_stand_in_the_right_order
"""

import asyncio
import time

PREDICTION: list[str] = [
    "both downloads are made",
    "prices: asked for",
    "prices: here",
    "first came prices",
    "stock: asked for",
    "stock: here",
    "then came stock",
]
SECONDS: float | None = 2


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
