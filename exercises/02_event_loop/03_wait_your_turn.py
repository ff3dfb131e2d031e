"""Wait your turn.

A backup tool makes two tasks, yesterday's upload and today's. Only today's is urgent, so that is the one it
awaits; yesterday's is never awaited at all. Who goes first?

Task:
    Read `program` and predict what it prints. Put the lines into PREDICTION, as a list of texts, one for
    each printed line, in the order in which they are printed.

Example:
    A program of `print("one")` and `print("two")` has PREDICTION = ["one", "two"].

To remember:
    `asyncio.create_task(...)` makes a task of a coroutine object and puts it into the queue: from then on the
    event loop gives it its turns, whoever awaits it. `await asyncio.sleep(0)` suspends the task and lets the
    others have their turn.

Leave `upload`, `program` and `main` as they are. Write the lines themselves, not code that makes them.
Running this file shows what really happens once PREDICTION is filled in.
"""

import asyncio

PREDICTION: list[str] = []


async def upload(name: str) -> None:
    print(f"{name}: connected")
    await asyncio.sleep(0)
    print(f"{name}: half sent")
    await asyncio.sleep(0)
    print(f"{name}: all sent")


async def program() -> None:
    yesterday = asyncio.create_task(upload("yesterday"))
    today = asyncio.create_task(upload("today"))
    print("both uploads are tasks")
    await today
    print("today's upload was awaited")
    print(f"yesterday's is done: {yesterday.done()}")


def main() -> None:
    if not PREDICTION:
        print("Fill in PREDICTION first; then this shows what really happens.")
        return
    asyncio.run(program())


if __name__ == "__main__":
    main()
