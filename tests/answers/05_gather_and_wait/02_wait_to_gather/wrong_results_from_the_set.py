"""Mistake: gather is added, the results still come out of a set.
Caught by: test_pages_keep_the_order_of_the_urls
"""

import asyncio


async def fetch_all(fetch, urls):
    tasks = {asyncio.create_task(fetch(url)) for url in urls}
    await asyncio.gather(*tasks)
    return [task.result() for task in tasks]
