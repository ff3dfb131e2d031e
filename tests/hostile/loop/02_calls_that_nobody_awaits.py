"""Tries: report calls of the service as begun and never await them, so that they seem to be under way together.
For: 05_gather_and_wait/02_wait_to_gather
Must: earn nothing
"""

import asyncio


async def fetch_all(fetch, urls):
    link = asyncio.get_running_loop().scheduler.partner
    began = type(link).began.__globals__["Began"]
    for number, url in enumerate(urls, 901):
        link.event(began(number, 1, [url], {}, 0, "Task-1"))
    await asyncio.sleep(1)
    return [None for _ in urls]
