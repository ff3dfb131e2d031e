"""Mistake: return_exceptions leaves the error itself in the place of the text.
Caught by: test_a_failed_feed_is_none
"""

import asyncio


async def collect_news(fetch, feeds):
    results = await asyncio.gather(*(fetch(feed) for feed in feeds), return_exceptions=True)
    return dict(zip(feeds, results))
