"""Right: the except stays inside, but the limit itself is asked whether it was the one that cancelled."""

import asyncio


async def offer(ask, supplier, seconds):
    async with asyncio.timeout(seconds) as limit:
        try:
            return await ask(supplier)
        except TimeoutError:
            return "no offer"
        except asyncio.CancelledError:
            if not limit.expired():
                raise
            return "no offer"


async def all_offers(ask, suppliers, seconds):
    return await asyncio.gather(*(offer(ask, supplier, seconds) for supplier in suppliers))
