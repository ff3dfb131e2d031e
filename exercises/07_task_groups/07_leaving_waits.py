"""Leaving waits.

An office sends its letters and closes. The code says `return` while letters are still under way: are they
lost, and what does the caller get?

Task:
    Read `program` and predict
    - PREDICTION: the lines that it prints, as a list of texts, in the order in which they are printed,
    - SECONDS: how many seconds it takes in all, as a number.

Example:
    A program of `print("a")`, `await asyncio.sleep(4)`, `print("b")` has PREDICTION = ["a", "b"] and
    SECONDS = 4.

Leave `send`, `close_office`, `program` and `main` as they are. Write the lines and the number themselves, not
code that makes them. Running this file shows what really happens once PREDICTION is filled in.
"""

import asyncio
import time

PREDICTION: list[str] = []
SECONDS: float | None = None


async def send(group: asyncio.TaskGroup, letter: str, seconds: float, sent: list[str]) -> None:
    await asyncio.sleep(seconds)
    sent.append(letter)
    print(f"sent: {letter}")
    if letter == "invoice":
        group.create_task(send(group, "copy of the invoice", 1.5, sent))


async def close_office() -> str:
    sent: list[str] = []
    async with asyncio.TaskGroup() as group:
        group.create_task(send(group, "reminder", 1, sent))
        group.create_task(send(group, "invoice", 0.5, sent))
        print("locking up")
        return f"{len(sent)} letters are out"


async def program() -> None:
    print("evening")
    print(await close_office())
    print("night")


def main() -> None:
    if not PREDICTION:
        print("Fill in PREDICTION first; then this shows what really happens.")
        return
    started = time.perf_counter()
    asyncio.run(program())
    print(f"({time.perf_counter() - started:.1f} seconds)")


if __name__ == "__main__":
    main()
