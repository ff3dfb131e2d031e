"""Mistake: believes that create_task starts the task immediately.
Caught by: test_the_lines_stand_in_the_right_order
"""

import asyncio

PREDICTION: list[str] = [
    "yesterday: connected",
    "today: connected",
    "both uploads are tasks",
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
