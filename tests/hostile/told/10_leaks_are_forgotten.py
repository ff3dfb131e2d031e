"""Tries: leave tasks behind, and say of itself that nothing is left.
For: 08_timeouts_and_cancellation/02_inside_or_outside
Must: earn nothing
"""

import asyncio


async def offer(ask, supplier, seconds):
    asyncio.get_running_loop().instrument.leaked = ()
    asyncio.ensure_future(ask(supplier))
    return "no offer"


async def all_offers(ask, suppliers, seconds):
    return [await offer(ask, supplier, seconds) for supplier in suppliers]
