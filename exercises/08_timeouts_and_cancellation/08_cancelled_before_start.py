"""Cancelled before the start.

A build server starts jobs as tasks. Each job takes a lock when it begins, and gives it back in `finally`. Then
a job is cancelled so early that it has not had a turn yet, and the team argues about the lock.

Task:
    Read `program` and predict what it prints. Put the lines into PREDICTION, as a list of texts, in the order
    in which they are printed.

Example:
    A program of `print("one")` and `print(2 > 1)` has PREDICTION = ["one", "True"].

Leave `job`, `program` and `main` as they are. Write the lines themselves, not code that makes them. After
that, running this file shows what really happens.
"""

import asyncio

PREDICTION: list[str] = []


async def job(name: str) -> None:
    print(f"{name}: begins")
    try:
        await asyncio.sleep(1)
        print(f"{name}: is built")
    finally:
        print(f"{name}: tidies up")


async def program() -> None:
    docs = asyncio.create_task(job("docs"))
    docs.cancel()
    print(f"docs asked to stop, done: {docs.done()}")
    tests = asyncio.create_task(job("tests"))
    await asyncio.sleep(0)
    print(f"docs done: {docs.done()}")
    tests.cancel()
    print(f"tests asked to stop, done: {tests.done()}")
    await asyncio.wait([docs, tests])
    print(f"docs cancelled: {docs.cancelled()}")
    print(f"tests cancelled: {tests.cancelled()}")


def main() -> None:
    if not PREDICTION:
        print("Fill in PREDICTION first; then this shows what really happens.")
        return
    asyncio.run(program())


if __name__ == "__main__":
    main()
