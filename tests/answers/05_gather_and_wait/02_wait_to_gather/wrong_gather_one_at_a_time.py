"""Mistake: a gather for each request, awaited inside the loop.
Caught by: test_all_requests_wait_at_the_same_time
"""

import asyncio


async def fetch_all(fetch, urls):
    pages = []
    for url in urls:
        pages += await asyncio.gather(fetch(url))
    return pages
