"""Mistake: the list itself is handed to gather, not its members.
Caught by: test_pages_keep_the_order_of_the_urls
"""

import asyncio


async def fetch_all(fetch, urls):
    return await asyncio.gather([fetch(url) for url in urls])
