"""Mistake: plain tasks that are awaited in a row: when the caller is cancelled, the rest is left behind.
Caught by: test_a_cancellation_reaches_the_feeds
"""

import asyncio


async def collect_news(fetch, feeds):
    tasks = {feed: asyncio.create_task(fetch(feed)) for feed in feeds}
    news = {}
    for feed, task in tasks.items():
        try:
            news[feed] = await task
        except OSError:
            news[feed] = None
        except Exception as error:
            for other in tasks.values():
                other.cancel()
            await asyncio.wait(tasks.values())
            raise ExceptionGroup("mistake", [error])
    return news
