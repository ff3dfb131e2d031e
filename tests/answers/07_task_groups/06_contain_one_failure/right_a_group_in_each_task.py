"""Right: every feed has a group of its own inside its task, and its errors end there.
"""

import asyncio


async def one(fetch, feed):
    try:
        async with asyncio.TaskGroup() as inner:
            task = inner.create_task(fetch(feed))
    except* OSError:
        pass
    return None if task.exception() else task.result()


async def collect_news(fetch, feeds):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(fetch, feed)) for feed in feeds]
    return {feed: task.result() for feed, task in zip(feeds, tasks)}
