"""Right: gather is filled with the requests one by one, then called."""

import asyncio
from functools import partial


async def fetch_all(fetch, urls):
    together = partial(asyncio.gather)
    for url in urls:
        together = partial(together, fetch(url))
    return await together()
