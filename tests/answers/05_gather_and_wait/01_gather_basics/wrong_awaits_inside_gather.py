"""Mistake: gather is handed answers that were awaited one after another.
Caught by: test_each_key_has_the_answer_of_its_own_service
"""

import asyncio


async def open_page(profile, orders, messages, customer):
    answers = await asyncio.gather(await profile(customer), await orders(customer), await messages(customer))
    return dict(zip(("profile", "orders", "messages"), answers))
