"""Mistake: an error ends up on the page like an answer.
Caught by: test_an_error_leaves_open_page
"""

import asyncio


async def open_page(profile, orders, messages, customer):
    asked = (ask(customer) for ask in (profile, orders, messages))
    answers = await asyncio.gather(*asked, return_exceptions=True)
    return dict(zip(("profile", "orders", "messages"), answers))
