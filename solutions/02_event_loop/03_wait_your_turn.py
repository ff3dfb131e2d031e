"""Wait your turn.

Why: `create_task` puts a task at the end of the queue of what is ready, and `program` runs on until its
first `await`. Then the queue is served from the front: yesterday was made first, so it goes first, whatever
`program` awaits. Each `sleep(0)` sends a task to the end of the queue again, so the two take turns.
"""

import asyncio

PREDICTION: list[str] = [
    "both uploads are tasks",
    "yesterday: connected",
    "today: connected",
    "yesterday: half sent",
    "today: half sent",
    "yesterday: all sent",
    "today: all sent",
    "today's upload was awaited",
    "yesterday's is done: True",
]


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
