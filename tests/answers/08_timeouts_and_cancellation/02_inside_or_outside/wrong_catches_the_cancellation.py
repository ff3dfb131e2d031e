"""Mistake: the CancelledError is caught inside the block, whoever sent it.
Caught by: test_a_cancellation_goes_on_up
"""

import asyncio


async def offer(ask, supplier, seconds):
    async with asyncio.timeout(seconds):
        try:
            return await ask(supplier)
        except (TimeoutError, asyncio.CancelledError):
            return "no offer"


async def all_offers(ask, suppliers, seconds):
    return await asyncio.gather(*(offer(ask, supplier, seconds) for supplier in suppliers))
