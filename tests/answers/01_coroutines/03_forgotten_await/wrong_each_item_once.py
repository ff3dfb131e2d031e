"""Mistake: items go through a set or dict, so that two of a kind become one.
Caught by: test_every_item_is_reserved
"""

import asyncio
from collections.abc import Awaitable, Callable

Step = Callable[[str], Awaitable[str]]


async def place_order(reserve: Step, charge: Step, mail: Step, customer: str, items: list[str]) -> str:

    for item in dict.fromkeys(items):
        await reserve(item)
    receipt = await charge(customer)
    await mail(receipt)
    return f"{customer}: {receipt}"
