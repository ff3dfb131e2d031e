"""Right: wait_for raises the TimeoutError where it is awaited, so the except may stand around that line."""

import asyncio


async def offer(ask, supplier, seconds):
    try:
        answer = await asyncio.wait_for(ask(supplier), seconds)
    except TimeoutError:
        answer = "no offer"
    return answer


async def all_offers(ask, suppliers, seconds):
    return await asyncio.gather(*(offer(ask, supplier, seconds) for supplier in suppliers))
