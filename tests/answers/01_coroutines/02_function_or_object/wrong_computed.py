"""Mistake: PREDICTION is computed by running the program, not predicted.
Caught by: test_the_lines_stand_in_the_right_order
"""

import asyncio


def _watch() -> list[str]:
    import contextlib
    import io

    with contextlib.redirect_stdout(io.StringIO()) as seen:
        asyncio.run(program())
    return seen.getvalue().splitlines()


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


PREDICTION: list[str] = _watch()


def main() -> None:
    if not PREDICTION:
        print("Fill in PREDICTION first; then this shows what really happens.")
        return
    asyncio.run(program())


if __name__ == "__main__":
    main()
