"""Mistake: everything is started together, so the card is charged before the goods are reserved.
Caught by: test_one_step_after_another
"""

import asyncio


async def place_order(reserve, charge, mail, customer, items):
    *_, receipt = await asyncio.gather(*(reserve(item) for item in items), charge(customer))
    await mail(receipt)
    return f"{customer}: {receipt}"
