"""Right: gather comes with everything else that asyncio has."""

from asyncio import *


async def fetch_all(fetch, urls):
    return await gather(*[fetch(url) for url in urls])
