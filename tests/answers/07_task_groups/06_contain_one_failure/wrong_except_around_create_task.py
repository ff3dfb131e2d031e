"""Mistake: the try stands around create_task, which never raises the error of the task.
Caught by: test_the_other_feeds_are_not_disturbed
"""

import asyncio


async def collect_news(fetch, feeds):
    tasks = {}
    async with asyncio.TaskGroup() as group:
        for feed in feeds:
            try:
                tasks[feed] = group.create_task(fetch(feed))
            except OSError:
                tasks[feed] = None
    return {feed: task.result() if task else None for feed, task in tasks.items()}
