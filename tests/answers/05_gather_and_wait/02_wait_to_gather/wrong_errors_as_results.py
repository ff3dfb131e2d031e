"""Mistake: return_exceptions=True puts the error among the pages, and the caller never learns of it.
Caught by: test_an_error_leaves_fetch_all
"""

import asyncio


async def fetch_all(fetch, urls):
    return await asyncio.gather(*(fetch(url) for url in urls), return_exceptions=True)
