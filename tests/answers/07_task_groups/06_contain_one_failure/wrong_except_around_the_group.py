"""Mistake: except* around the group comes too late: the group has already stopped the others.
Caught by: test_the_other_feeds_are_not_disturbed
"""

import asyncio


async def collect_news(fetch, feeds):
    tasks = {}
    try:
        async with asyncio.TaskGroup() as group:
            for feed in feeds:
                tasks[feed] = group.create_task(fetch(feed))
    except* OSError:
        pass
    return {f: None if t.cancelled() or t.exception() else t.result() for f, t in tasks.items()}
