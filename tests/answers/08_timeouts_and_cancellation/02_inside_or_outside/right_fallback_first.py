"""Right: the fallback is there beforehand, and suppress stands around the block."""

import asyncio
import contextlib


async def offer(ask, supplier, seconds):
    result = "no offer"
    with contextlib.suppress(asyncio.TimeoutError):
        async with asyncio.timeout(seconds):
            result = await ask(supplier)
    return result


async def all_offers(ask, suppliers, seconds):
    return await asyncio.gather(*(offer(ask, supplier, seconds) for supplier in suppliers))
