"""Mistake: has the right order, and believes that the waits of the tasks add up.
Caught by: test_the_seconds
"""

import asyncio
import time

PREDICTION: list[str] = [
    "evening",
    "locking up",
    "sent: invoice",
    "sent: reminder",
    "sent: copy of the invoice",
    "0 letters are out",
    "night",
]
SECONDS: float | None = 3


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
