"""Mistake: gather is handed one list, not three arguments.
Caught by: test_each_key_has_the_answer_of_its_own_service
"""

import asyncio


async def open_page(profile, orders, messages, customer):
    answers = await asyncio.gather([profile(customer), orders(customer), messages(customer)])
    return dict(zip(("profile", "orders", "messages"), answers))
