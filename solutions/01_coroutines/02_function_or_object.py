"""Function or object.

Why: `fetch_invoice` is a function; calling it runs none of its lines, it only builds a coroutine object.
The body of `later` begins at `await later`, at the very end, and runs from its first line. Awaiting a
coroutine object gives what its body returns, here a str.
"""

import asyncio

PREDICTION: list[str] = [
    "function",
    "coroutine",
    "asking for invoice 2",
    "invoice 2 is here",
    "str",
    "invoice 2",
    "and now the other one",
    "asking for invoice 1",
    "invoice 1 is here",
    "invoice 1",
]


async def fetch_invoice(number: int) -> str:
    print(f"asking for invoice {number}")
    await asyncio.sleep(0.5)
    print(f"invoice {number} is here")
    return f"invoice {number}"


async def program() -> None:
    print(type(fetch_invoice).__name__)
    later = fetch_invoice(1)
    print(type(later).__name__)
    now = await fetch_invoice(2)
    print(type(now).__name__)
    print(now)
    print("and now the other one")
    print(await later)


def main() -> None:
    if not PREDICTION:
        print("Fill in PREDICTION first; then this shows what really happens.")
        return
    asyncio.run(program())


if __name__ == "__main__":
    main()
