"""Mistake: gather with return_exceptions makes None of every error, mistakes in the program too.
Caught by: test_other_errors_stop_everything
"""

import asyncio


async def collect_news(fetch, feeds):
    results = await asyncio.gather(*(fetch(feed) for feed in feeds), return_exceptions=True)
    return {f: None if isinstance(r, BaseException) else r for f, r in zip(feeds, results)}
