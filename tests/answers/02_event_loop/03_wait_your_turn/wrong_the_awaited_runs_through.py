"""Mistake: believes that await runs one task to its end while the other one stands still.
Caught by: test_the_two_uploads_take_turns
"""

import asyncio

PREDICTION: list[str] = [
    "both uploads are tasks",
    "yesterday: connected",
    "today: connected",
    "today: half sent",
    "today: all sent",
    "yesterday: half sent",
    "yesterday: all sent",
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
