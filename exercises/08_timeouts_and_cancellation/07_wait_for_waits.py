"""What wait_for waits for.

A photo shop gives each upload half a second. How long does the customer really stand at the counter?

Task:
    Read `program` and predict
    - PREDICTION: the lines that it prints, as a list of texts, in their order,
    - SECONDS: how many seconds it takes in all.

Example:
    For `print("a")`, `await asyncio.sleep(4)`, `print("b")`, PREDICTION is ["a", "b"] and SECONDS is 4.

New here:
    `await asyncio.wait_for(x, seconds)` awaits `x` with a limit. When the time is up, it cancels `x` and
    raises a TimeoutError. When exactly? That is the question.

Leave the functions as they are. Write the lines and the number themselves, not code that makes them. Running
this file then shows what really happens.
"""

import asyncio
import time

PREDICTION: list[str] = []
SECONDS: float | None = None


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
