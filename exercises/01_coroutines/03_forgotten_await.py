"""The forgotten await.

An order is taken in three steps: the goods are reserved, the card is charged, a receipt is mailed. Somebody
made the steps coroutine functions and left the code that calls them as it was. Now no mail is sent, and the
result reads "Ada: <coroutine object ...>".

Task:
    Repair `place_order(reserve, charge, mail, customer, items)`, so that one step follows the other:
    - `reserve(item)` for each of `items`, one after another,
    - `charge(customer)`, which gives the text of a receipt,
    - `mail(receipt)`.
    When the mail is sent, it returns the text "<customer>: <receipt>".

Example:
    With 2 items and steps of 0.5 seconds, `await place_order(..., "Ada", ["lamp", "shade"])` takes
    2 seconds. If the receipt is "receipt 17", it gives "Ada: receipt 17".

Leave the name, the arguments and `main` as they are.
"""

import asyncio
from collections.abc import Awaitable, Callable

Step = Callable[[str], Awaitable[str]]


async def place_order(reserve: Step, charge: Step, mail: Step, customer: str, items: list[str]) -> str:
    for item in items:
        reserve(item)
    receipt = charge(customer)
    mail(str(receipt))
    return f"{customer}: {receipt}"


async def main() -> None:
    async def reserve(item: str) -> str:
        await asyncio.sleep(0.4)
        print(f"reserved: {item}")
        return item

    async def charge(customer: str) -> str:
        await asyncio.sleep(0.4)
        print(f"charged: {customer}")
        return "receipt 17"

    async def mail(text: str) -> str:
        await asyncio.sleep(0.4)
        print(f"mailed: {text}")
        return text

    print(await place_order(reserve, charge, mail, "Ada", ["lamp", "shade"]))


if __name__ == "__main__":
    asyncio.run(main())
