"""Mistake: believes that a finally block runs only if something went wrong.
Caught by: test_the_photo_comes_through
"""

import asyncio
import time

PREDICTION: list[str] = [
    "photo: begun",
    "film: begun",
    "photo: all sent",
    "battery low, photo done: True, film done: False",
    "film: hanging up",
    "film: hung up",
    "asyncio.run has returned",
]
SECONDS: float | None = 2


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
