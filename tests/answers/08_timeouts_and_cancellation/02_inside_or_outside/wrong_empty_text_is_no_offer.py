"""Mistake: an empty answer is taken for none.
Caught by: test_the_others_keep_their_offers
"""

import asyncio


async def offer(ask, supplier, seconds):
    try:
        async with asyncio.timeout(seconds):
            return await ask(supplier) or "no offer"
    except TimeoutError:
        return "no offer"


async def all_offers(ask, suppliers, seconds):
    return await asyncio.gather(*(offer(ask, supplier, seconds) for supplier in suppliers))
