"""Mistake: OSError is caught because TimeoutError is one, and so every broken connection is "no offer".
Caught by: test_other_errors_go_on_up
"""

import asyncio


async def offer(ask, supplier, seconds):
    try:
        return await asyncio.wait_for(ask(supplier), seconds)
    except OSError:
        return "no offer"


async def all_offers(ask, suppliers, seconds):
    return await asyncio.gather(*(offer(ask, supplier, seconds) for supplier in suppliers))
