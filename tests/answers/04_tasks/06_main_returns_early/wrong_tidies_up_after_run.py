"""Mistake: believes that asyncio.run does not wait for the tasks that it cancels.
Caught by: test_the_lines_stand_in_the_right_order
"""

import asyncio
import time

PREDICTION: list[str] = [
    "photo: begun",
    "film: begun",
    "photo: all sent",
    "photo: hanging up",
    "photo: hung up",
    "battery low, photo done: True, film done: False",
    "asyncio.run has returned",
    "film: hanging up",
    "film: hung up",
]
SECONDS: float | None = 1.5


async def upload(picture: str, seconds: float) -> None:
    print(f"{picture}: begun")
    try:
        await asyncio.sleep(seconds)
        print(f"{picture}: all sent")
    finally:
        print(f"{picture}: hanging up")
        await asyncio.sleep(0.5)
        print(f"{picture}: hung up")


async def work() -> None:
    photo = asyncio.create_task(upload("photo", 0.5))
    film = asyncio.create_task(upload("film", 3))
    await asyncio.sleep(1.5)
    print(f"battery low, photo done: {photo.done()}, film done: {film.done()}")


def program() -> None:
    asyncio.run(work())
    print("asyncio.run has returned")


def main() -> None:
    if not PREDICTION:
        print("Fill in PREDICTION first; then this shows what really happens.")
        return
    started = time.perf_counter()
    program()
    print(f"({time.perf_counter() - started:.1f} seconds)")


if __name__ == "__main__":
    main()
