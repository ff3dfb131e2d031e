"""Mistake: believes that a task that nobody awaits does not run.
Caught by: test_the_prediction_is_complete
"""

import asyncio

PREDICTION: list[str] = [
    "both uploads are tasks",
    "today: connected",
    "today: half sent",
    "today: all sent",
    "today's upload was awaited",
    "yesterday's is done: False",
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
