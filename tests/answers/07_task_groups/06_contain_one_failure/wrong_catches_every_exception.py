"""Mistake: except Exception in the task hides mistakes in the program.
Caught by: test_other_errors_stop_everything
"""

import asyncio


async def collect_news(fetch, feeds):
    async def safely(feed):
        try:
            return await fetch(feed)
        except Exception:
            return None

    async with asyncio.TaskGroup() as group:
        tasks = {feed: group.create_task(safely(feed)) for feed in feeds}
    return {feed: task.result() for feed, task in tasks.items()}
