"""Right: the seconds as a fraction."""

import asyncio
import time

PREDICTION = [
    "both downloads are made",
    "stock: asked for",
    "stock: here",
    "first came stock",
    "prices: asked for",
    "prices: here",
    "then came prices",
]
SECONDS = 2.0


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
