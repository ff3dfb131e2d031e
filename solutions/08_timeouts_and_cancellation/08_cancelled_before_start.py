"""Cancelled before the start.

Why: `create_task` only schedules. The cancellation meets `docs` before its first turn, so its body has
not entered the `try` and none of its lines ever runs, `finally` included; the task still ends, as
cancelled, at that turn. `tests` has begun, so it gets the CancelledError at its `await`, and `finally`
runs. That too happens at its next turn: `cancel()` itself only asks. What must be given back has to be
taken where the `try` is.
"""

import asyncio

PREDICTION: list[str] = [
    "docs asked to stop, done: False",
    "tests: begins",
    "docs done: True",
    "tests asked to stop, done: False",
    "tests: tidies up",
    "docs cancelled: True",
    "tests cancelled: True",
]


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
