"""Mistake: return_exceptions=True turns the TimeoutError into a value of all_offers; offer itself still raises.
Caught by: test_a_slow_supplier_has_no_offer
"""

import asyncio


async def offer(ask, supplier, seconds):
    async with asyncio.timeout(seconds):
        return await ask(supplier)


async def all_offers(ask, suppliers, seconds):
    results = await asyncio.gather(
        *(offer(ask, supplier, seconds) for supplier in suppliers), return_exceptions=True
    )
    return ["no offer" if isinstance(result, TimeoutError) else result for result in results]
