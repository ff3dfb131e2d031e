"""Mistake: believes that only the bell has to be waited for.
Caught by: test_the_seconds
"""

import asyncio
import time

PREDICTION: list[str] = [
    "sunset: half a file is there",
    "bell: another customer",
    "sunset: half a file is removed",
    "program: the time is up",
    "program: the customer leaves",
]
SECONDS: float | None = 1


async def upload(picture: str) -> str:
    try:
        await asyncio.sleep(2)
        print(f"{picture}: is uploaded")
        return picture
    finally:
        print(f"{picture}: half a file is there")
        await asyncio.sleep(1)
        print(f"{picture}: half a file is removed")


async def shop_bell() -> None:
    await asyncio.sleep(1)
    print("bell: another customer")


async def program() -> None:
    bell = asyncio.create_task(shop_bell())
    try:
        picture = await asyncio.wait_for(upload("sunset"), 0.5)
        print(f"program: {picture} in time")
    except TimeoutError:
        print("program: the time is up")
    await bell
    print("program: the customer leaves")


def main() -> None:
    if not PREDICTION:
        print("Fill in PREDICTION first; then this shows what really happens.")
        return
    started = time.perf_counter()
    asyncio.run(program())
    print(f"({time.perf_counter() - started:.1f} seconds)")


if __name__ == "__main__":
    main()
