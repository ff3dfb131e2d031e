"""Who runs next.

An office printer has three jobs at once. After each page a job steps aside for the others.

Task:
    Predict what `program` prints. Write it into PREDICTION, line by line, as a list of texts and not as code
    that makes them.

Example:
    A program of `print("one")` and `print("two")` has PREDICTION = ["one", "two"].

New here:
    `asyncio.create_task(...)` makes a task of a coroutine object and puts it into the queue: from then on it
    has its turns. `await asyncio.sleep(0)` suspends a task and lets the others have their turn.

Leave `print_job`, `program` and `main` as they are. Once PREDICTION is
filled in, running this file shows what happens.
"""

import asyncio

PREDICTION: list[str] = []


async def print_job(name: str, pages: int) -> None:
    for page in range(1, pages + 1):
        print(f"{name}: page {page}")
        await asyncio.sleep(0)
    print(f"{name}: done")


async def program() -> None:
    letter = asyncio.create_task(print_job("letter", 2))
    plan = asyncio.create_task(print_job("plan", 1))
    poster = asyncio.create_task(print_job("poster", 3))
    print("three jobs are scheduled")
    await asyncio.gather(letter, plan, poster)
    print("all jobs are done")


def main() -> None:
    if not PREDICTION:
        print("Fill in PREDICTION first; then this shows what really happens.")
        return
    asyncio.run(program())


if __name__ == "__main__":
    main()
