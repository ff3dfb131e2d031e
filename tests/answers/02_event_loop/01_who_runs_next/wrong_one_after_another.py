"""Mistake: believes that a task, once begun, runs to its end before the next one has its turn.
Caught by: test_the_jobs_take_turns
"""

import asyncio

PREDICTION: list[str] = [
    "three jobs are scheduled",
    "letter: page 1",
    "letter: page 2",
    "letter: done",
    "plan: page 1",
    "plan: done",
    "poster: page 1",
    "poster: page 2",
    "poster: page 3",
    "poster: done",
    "all jobs are done",
]


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
