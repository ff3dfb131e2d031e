"""Mistake: asyncio.wait with a time-out neither raises nor cancels, so the question goes on unseen.
Caught by: test_a_slow_supplier_has_no_offer
"""

import asyncio


async def offer(ask, supplier, seconds):
    question = asyncio.create_task(ask(supplier))
    done, _ = await asyncio.wait([question], timeout=seconds)
    if not done:
        return "no offer"
    try:
        return question.result()
    except TimeoutError:
        return "no offer"


async def all_offers(ask, suppliers, seconds):
    return await asyncio.gather(*(offer(ask, supplier, seconds) for supplier in suppliers))
