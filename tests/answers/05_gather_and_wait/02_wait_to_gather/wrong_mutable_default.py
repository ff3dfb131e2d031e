"""Mistake: the list is a default argument and keeps the pages of the last call.
Caught by: test_no_urls_and_one_url
"""

import asyncio


async def fetch_all(fetch, urls, pages=[]):
    pages.extend(await asyncio.gather(*map(fetch, urls)))
    return pages
