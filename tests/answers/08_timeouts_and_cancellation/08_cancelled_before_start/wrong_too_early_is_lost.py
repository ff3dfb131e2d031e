"""Mistake: believes that a cancellation before the start is lost, so that docs is built.
Caught by: test_every_line_is_one_that_is_printed
"""

import asyncio

PREDICTION: list[str] = [
    "docs asked to stop, done: False",
    "docs: begins",
    "tests: begins",
    "docs done: False",
    "tests asked to stop, done: False",
    "tests: tidies up",
    "docs: is built",
    "docs: tidies up",
    "docs cancelled: False",
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
