"""Main returns early.

A camera uploads its pictures in tasks. When the battery is low, `work` returns, whether or not the uploads
are through. What becomes of those that are left over?

Task:
    Read `program` and all that it runs, and predict
    - PREDICTION: the lines that are printed, as a list of texts, in their order,
    - SECONDS: how many seconds `program` takes, as a number.

Example:
    A program of `print("a")`, a wait of 4 seconds and `print("b")` has PREDICTION = ["a", "b"] and
    SECONDS = 4.

Leave `upload`, `work`, `program` and `main` as they are. Write the lines and the number themselves, not code
that makes them. Running this file shows what happens once PREDICTION is filled in.
"""

import asyncio
import time

PREDICTION: list[str] = []
SECONDS: float | None = None


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
