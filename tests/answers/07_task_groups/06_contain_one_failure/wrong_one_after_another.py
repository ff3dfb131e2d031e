"""Mistake: one feed after the other, so that each can be tried by itself.
Caught by: test_all_feeds_are_fetched_at_the_same_time
"""

import asyncio


async def collect_news(fetch, feeds):
    news = {}
    for feed in feeds:
        try:
            async with asyncio.TaskGroup() as group:
                task = group.create_task(fetch(feed))
            news[feed] = task.result()
        except* OSError:
            news[feed] = None
    return news
