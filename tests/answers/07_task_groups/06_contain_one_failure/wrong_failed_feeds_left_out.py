"""Mistake: a feed that fails has no entry at all.
Caught by: test_a_failed_feed_is_none
"""

import asyncio


async def collect_news(fetch, feeds):
    news = {}

    async def collect(feed):
        try:
            news[feed] = await fetch(feed)
        except OSError:
            pass

    async with asyncio.TaskGroup() as group:
        for feed in feeds:
            group.create_task(collect(feed))
    return {feed: news[feed] for feed in feeds if feed in news}
