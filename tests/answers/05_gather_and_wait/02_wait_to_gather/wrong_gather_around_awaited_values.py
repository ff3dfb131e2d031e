"""Mistake: each page is awaited before gather sees it, so gather is handed finished texts.
Caught by: test_all_requests_wait_at_the_same_time
"""

import asyncio


async def fetch_all(fetch, urls):
    return await asyncio.gather(*[await fetch(url) for url in urls])
