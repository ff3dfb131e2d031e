"""One fails, and the others.

A backup copies four disks at the same time, in one task group. Tonight one of them is full, and you want to
explain the log.

Task:
    Read `program` and predict
    - PREDICTION: the lines that it prints, as a list of texts, in the order in which they are printed,
    - SECONDS: how many seconds it takes in all, as a number.

Example:
    A program of `print("a")`, `await asyncio.sleep(4)`, `print("b")` has PREDICTION = ["a", "b"] and
    SECONDS = 4.

Leave `copy`, `program` and `main` as they are. Write the lines and the number themselves, not code that makes
them. Running this file shows what really happens once PREDICTION is filled in.
"""

import asyncio
import time

PREDICTION: list[str] = []
SECONDS: float | None = None


async def copy(disk: str, seconds: float, tidying: float) -> None:
    try:
        await asyncio.sleep(seconds)
        if disk == "photos":
            raise OSError("photos: no space left")
        print(f"{disk}: copied")
    except asyncio.CancelledError:
        await asyncio.sleep(tidying)
        print(f"{disk}: half a copy removed")
        raise


async def program() -> None:
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(copy("books", 3, tidying=1))
            group.create_task(copy("mail", 0.5, tidying=2))
            group.create_task(copy("photos", 1, tidying=2))
            group.create_task(copy("films", 2.5, tidying=0.5))
            print("all four are under way")
            try:
                await asyncio.sleep(2)
                print("still here after two seconds")
            finally:
                print("the end of the block")
        print("the backup is complete")
    except* OSError as failed:
        print(f"errors in the group: {len(failed.exceptions)}")
    print("good night")


def main() -> None:
    if not PREDICTION:
        print("Fill in PREDICTION first; then this shows what really happens.")
        return
    started = time.perf_counter()
    asyncio.run(program())
    print(f"({time.perf_counter() - started:.1f} seconds)")


if __name__ == "__main__":
    main()
