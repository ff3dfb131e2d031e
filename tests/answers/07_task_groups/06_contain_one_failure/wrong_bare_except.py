"""Mistake: a bare except in the task swallows the cancellation as well, and mistakes with it.
Caught by: test_other_errors_stop_everything
"""

import asyncio


async def collect_news(fetch, feeds):
    async def safely(feed):
        try:
            return await fetch(feed)
        except:
            return None

    async with asyncio.TaskGroup() as group:
        tasks = {feed: group.create_task(safely(feed)) for feed in feeds}
    return {feed: task.result() for feed, task in tasks.items()}
