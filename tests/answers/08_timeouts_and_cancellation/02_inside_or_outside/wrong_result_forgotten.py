"""Mistake: the except is in the right place and prints the text in place of returning it.
Caught by: test_a_slow_supplier_has_no_offer
"""

import asyncio


async def offer(ask, supplier, seconds):
    try:
        async with asyncio.timeout(seconds):
            return await ask(supplier)
    except TimeoutError:
        print("no offer")


async def all_offers(ask, suppliers, seconds):
    return await asyncio.gather(*(offer(ask, supplier, seconds) for supplier in suppliers))
