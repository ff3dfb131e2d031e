"""Mistake: a loop looks every tenth of a second whether all tasks are done.
Caught by: test_all_feeds_are_fetched_at_the_same_time
"""

import asyncio


async def collect_news(fetch, feeds):
    async def one(feed):
        try:
            return await fetch(feed)
        except OSError:
            return None

    tasks = {feed: asyncio.create_task(one(feed)) for feed in feeds}
    try:
        while not all(t.done() for t in tasks.values()):
            if any(t.done() and not t.cancelled() and t.exception() for t in tasks.values()):
                break
            await asyncio.sleep(0.1)
    finally:
        for t in tasks.values():
            t.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)
    bad = [t.exception() for t in tasks.values() if not t.cancelled() and t.exception()]
    if bad:
        raise ExceptionGroup("news", bad)
    return {feed: task.result() for feed, task in tasks.items()}
