"""Mistake: gather is called and not awaited.
Caught by: test_each_key_has_the_answer_of_its_own_service
"""

import asyncio


async def open_page(profile, orders, messages, customer):
    answers = asyncio.gather(profile(customer), orders(customer), messages(customer))
    return dict(zip(("profile", "orders", "messages"), answers))
