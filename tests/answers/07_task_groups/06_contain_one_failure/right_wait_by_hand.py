"""Right: without a group: tasks, wait for the first error that counts, cancel and join the rest.
"""

import asyncio


async def collect_news(fetch, feeds):
    async def guarded(feed):
        try:
            return await fetch(feed)
        except OSError:
            return None

    tasks = {feed: asyncio.create_task(guarded(feed)) for feed in feeds}
    everyone = list(tasks.values())
    if not everyone:
        return {}
    try:
        await asyncio.wait(everyone, return_when=asyncio.FIRST_EXCEPTION)
    finally:
        for task in everyone:
            task.cancel()
        await asyncio.gather(*everyone, return_exceptions=True)
    errors = [task.exception() for task in everyone if not task.cancelled() and task.exception()]
    if errors:
        raise ExceptionGroup("mistakes", errors)
    return {feed: task.result() for feed, task in tasks.items()}
