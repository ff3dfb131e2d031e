"""Mistake: believes that wait_for raises when the time is up and the cleaning up goes on behind its back.
Caught by: test_the_lines_stand_in_the_right_order
"""

import asyncio
import time

PREDICTION: list[str] = [
    "sunset: half a file is there",
    "program: the time is up",
    "bell: another customer",
    "program: the customer leaves",
    "sunset: half a file is removed",
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
