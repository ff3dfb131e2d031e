"""Mistake: a refused card is charged a second time.
Caught by: test_a_failed_step_ends_the_order
"""

import asyncio
from collections.abc import Awaitable, Callable

Step = Callable[[str], Awaitable[str]]


async def place_order(reserve: Step, charge: Step, mail: Step, customer: str, items: list[str]) -> str:

    for item in items:
        await reserve(item)
    try:
        receipt = await charge(customer)
    except Exception:
        receipt = await charge(customer)
    await mail(receipt)
    return f"{customer}: {receipt}"
