"""The forgotten await.

An order is taken in three steps: the goods are reserved, the customer's card is charged, and a receipt is
mailed. Somebody made the three steps coroutine functions and did not look at the code that calls them. Now
the result says "Ada: <coroutine object ...>", no mail is sent, and in the warehouse nothing is reserved.

Task:
    Repair `place_order(reserve, charge, mail, customer, items)`.
    `reserve`, `charge` and `mail` are coroutine functions. In this order:
    - `reserve(item)` for each of `items`, one after another (there may be none, or one item twice),
    - `charge(customer)`, when all items are reserved; it gives the text of a receipt,
    - `mail(receipt)`, when the card is charged.
    The result is the text "<customer>: <receipt>", and it comes when the mail is sent. If a step fails, its
    error leaves `place_order`, the steps after it do not begin, and it is not tried again.

Example:
    With 2 items and steps of 0.5 seconds, `await place_order(..., "Ada", ["lamp", "shade"])` takes
    2 seconds and gives "Ada: receipt 17" when that is the receipt.

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
