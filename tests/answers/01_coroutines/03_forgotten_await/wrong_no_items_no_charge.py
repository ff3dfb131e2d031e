"""Mistake: an order without items is not charged and not mailed.
Caught by: test_every_item_is_reserved
"""

import asyncio
from collections.abc import Awaitable, Callable

Step = Callable[[str], Awaitable[str]]


async def place_order(reserve: Step, charge: Step, mail: Step, customer: str, items: list[str]) -> str:

    if not items:
        return f"{customer}: "
    for item in items:
        await reserve(item)
    receipt = await charge(customer)
    await mail(receipt)
    return f"{customer}: {receipt}"
