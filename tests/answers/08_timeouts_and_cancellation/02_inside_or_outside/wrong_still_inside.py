"""Mistake: the except stays inside the block, only more of it.
Caught by: test_a_slow_supplier_has_no_offer
"""

import asyncio


async def offer(ask, supplier, seconds):
    async with asyncio.timeout(seconds):
        try:
            return await ask(supplier)
        except (TimeoutError, asyncio.TimeoutError, OSError):
            return "no offer"
        finally:
            pass


async def all_offers(ask, suppliers, seconds):
    return await asyncio.gather(*(offer(ask, supplier, seconds) for supplier in suppliers))
