"""Mistake: after an error all three are asked once more.
Caught by: test_an_error_leaves_open_page
"""

import asyncio


async def open_page(profile, orders, messages, customer):
    asks = (profile, orders, messages)
    try:
        answers = await asyncio.gather(*(ask(customer) for ask in asks))
    except Exception:
        answers = await asyncio.gather(*(ask(customer) for ask in asks))
    return dict(zip(["profile", "orders", "messages"], answers, strict=True))
