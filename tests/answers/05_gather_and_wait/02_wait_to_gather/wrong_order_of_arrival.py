"""Mistake: pages are appended as they arrive.
Caught by: test_pages_keep_the_order_of_the_urls
"""

import asyncio


async def fetch_all(fetch, urls):
    pages = []

    async def fetch_one(url):
        pages.append(await fetch(url))

    await asyncio.gather(*(fetch_one(url) for url in urls))
    return pages
