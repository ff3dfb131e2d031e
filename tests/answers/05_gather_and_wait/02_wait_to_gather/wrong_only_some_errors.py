"""Mistake: only errors of two kinds are raised, any other stays among the pages.
Caught by: test_an_error_leaves_fetch_all
"""

import asyncio


async def fetch_all(fetch, urls):
    pages = await asyncio.gather(*map(fetch, urls), return_exceptions=True)
    for page in pages:
        if isinstance(page, (OSError, ValueError)):
            raise page
    return pages
