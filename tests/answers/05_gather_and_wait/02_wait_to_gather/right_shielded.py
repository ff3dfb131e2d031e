"""Right: gather does the waiting, behind a shield."""

import asyncio


async def fetch_all(fetch, urls):
    return await asyncio.shield(asyncio.gather(*map(fetch, urls)))
