"""Mistake: except Exception around the block turns every error into "no offer".
Caught by: test_other_errors_go_on_up
"""

import asyncio


async def offer(ask, supplier, seconds):
    try:
        async with asyncio.timeout(seconds):
            return await ask(supplier)
    except Exception:
        return "no offer"


async def all_offers(ask, suppliers, seconds):
    return await asyncio.gather(*(offer(ask, supplier, seconds) for supplier in suppliers))
