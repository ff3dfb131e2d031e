"""Function or object.

A colleague's script prints its lines in an order that nobody on the team expected. Before you touch such
code you want to be able to say what it does.

Task:
    Read `program` and predict what it prints. Put the lines into PREDICTION, as a list of texts, one for
    each printed line, in the order in which they are printed.

Example:
    A program of `print("one")` and `print(type("two").__name__)` has PREDICTION = ["one", "str"].

Leave `fetch_invoice`, `program` and `main` as they are. Write the lines themselves, not code that makes
them. Running this file shows what really happens once PREDICTION is filled in.
"""

import asyncio

PREDICTION: list[str] = []


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
