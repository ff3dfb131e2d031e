"""Wait your turn.

A backup tool makes two tasks, yesterday's upload and today's. Only today's is urgent, so that is the one it
awaits; yesterday's is never awaited at all. Who goes first?

Task:
    Predict what `program` prints. Write it into PREDICTION, line by line, as a list of texts and not as code
    that makes them.

Example:
    A program of `print("one")` and `print("two")` has PREDICTION = ["one", "two"].

To remember:
    `asyncio.create_task(...)` puts a task into the queue: from then on it has its turns, whoever awaits it.
    `await asyncio.sleep(0)` lets the others have their turn.

Leave `upload`, `program` and `main` as they are. Once PREDICTION is
filled in, running this file shows what happens.
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
