"""Mistake: the error is caught around gather, where one slow supplier costs all others their offers.
Caught by: test_the_others_keep_their_offers
"""

import asyncio


async def offer(ask, supplier, seconds):
    async with asyncio.timeout(seconds):
        return await ask(supplier)


async def all_offers(ask, suppliers, seconds):
    try:
        return await asyncio.gather(*(offer(ask, supplier, seconds) for supplier in suppliers))
    except TimeoutError:
        return ["no offer"] * len(suppliers)
