"""Tries: await an asyncio.gather that has nothing to do with the pages, beside the waiting that it does by hand.
For: 05_gather_and_wait/02_wait_to_gather
Must: earn nothing for test_gather_does_the_waiting
"""

import asyncio


async def fetch_all(fetch, urls):
    tasks = [asyncio.create_task(fetch(url)) for url in urls]
    await asyncio.gather(asyncio.sleep(0))
    return [await task for task in tasks]
