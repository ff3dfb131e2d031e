"""Mistake: the answers are taken in the order in which they arrive.
Caught by: test_each_key_has_the_answer_of_its_own_service
"""

import asyncio


async def open_page(profile, orders, messages, customer):
    coming = asyncio.as_completed([profile(customer), orders(customer), messages(customer)])
    answers = [await following for following in coming]
    return dict(zip(("profile", "orders", "messages"), answers))
