"""The forgotten await.

Why: each of the three calls only built a coroutine object. `await` runs it to its end and gives its result,
so the receipt is a text and the steps come one after another. Python's warning "was never awaited" names
the call; it appears when the forgotten object is thrown away, which may be later than you look.
"""

import asyncio
from collections.abc import Awaitable, Callable

Step = Callable[[str], Awaitable[str]]


async def place_order(reserve: Step, charge: Step, mail: Step, customer: str, items: list[str]) -> str:
    for item in items:
        await reserve(item)
    receipt = await charge(customer)
    await mail(receipt)
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
