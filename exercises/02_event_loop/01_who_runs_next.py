"""Who runs next.

An office printer has three jobs at the same time: a letter of two pages, a plan of one page and a poster of
three. After each page a job steps aside for the others. In which order do the pages come out?

Task:
    Read `program` and predict what it prints. Put the lines into PREDICTION, as a list of texts, one for
    each printed line, in the order in which they are printed.

Example:
    A program of `print("one")` and `print("two")` has PREDICTION = ["one", "two"].

New here:
    `asyncio.create_task(...)` makes a task of a coroutine object and puts it into the queue: from then on the
    event loop gives it its turns. `await asyncio.sleep(0)` suspends the task that calls it and lets the
    others have their turn; the task goes on when its own turn comes again.

Leave `print_job`, `program` and `main` as they are. Write the lines themselves, not code that makes them.
Running this file shows what really happens once PREDICTION is filled in.
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
