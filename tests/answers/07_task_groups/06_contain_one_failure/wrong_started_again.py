"""Mistake: after a failure the feeds that were stopped are fetched once more.
Caught by: test_the_other_feeds_are_not_disturbed
"""

import asyncio


async def collect_news(fetch, feeds):
    news, left = dict.fromkeys(feeds), list(feeds)
    while left:
        tasks = {}
        try:
            async with asyncio.TaskGroup() as group:
                for feed in left:
                    tasks[feed] = group.create_task(fetch(feed))
        except* OSError:
            pass
        for feed, task in tasks.items():
            if not task.cancelled():
                left.remove(feed)
                news[feed] = None if task.exception() else task.result()
    return news
