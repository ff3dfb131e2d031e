"""Mistake: an empty text is taken for a failure.
Caught by: test_a_failed_feed_is_none
"""

import asyncio


async def collect_news(fetch, feeds):
    async def one(feed):
        try:
            return await fetch(feed)
        except OSError:
            return None

    async with asyncio.TaskGroup() as group:
        tasks = {feed: group.create_task(one(feed)) for feed in feeds}
    return {feed: task.result() or None for feed, task in tasks.items()}
