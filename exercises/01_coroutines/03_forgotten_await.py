"""The forgotten await.

An order is taken in three steps: the goods are reserved, the card is charged, a receipt is mailed. Somebody
made the steps coroutine functions and forgot the code that calls them. Now no mail is sent, and
"Ada: <coroutine object ...>" comes back.

Task:
    Repair `place_order(reserve, charge, mail, customer, items)`. One step follows the other:
    - `reserve(item)` for each of `items` in turn,
    - `charge(customer)`, which gives the text of a receipt,
    - `mail(receipt)`.
    When the mail is sent, it returns the text "<customer>: <receipt>".

Example:
    Ada's order of 2 items, with steps of 0.5 seconds, takes 2 seconds and gives "Ada: receipt 17".

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
