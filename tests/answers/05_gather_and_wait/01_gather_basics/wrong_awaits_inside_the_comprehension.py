"""Mistake: each answer is awaited before the next service is asked; nothing is left to gather.
Caught by: test_all_three_wait_at_the_same_time
"""

import asyncio


async def open_page(profile, orders, messages, customer):
    answers = [await ask(customer) for ask in (profile, orders, messages)]
    return dict(zip(("profile", "orders", "messages"), answers))
