"""Mistake: return_exceptions and a look at the errors afterwards: nobody is stopped by a mistake.
Caught by: test_other_errors_stop_everything
"""

import asyncio


async def collect_news(fetch, feeds):
    results = await asyncio.gather(*(fetch(feed) for feed in feeds), return_exceptions=True)
    bugs = [r for r in results if isinstance(r, Exception) and not isinstance(r, OSError)]
    if bugs:
        raise ExceptionGroup("bugs", bugs)
    return {f: None if isinstance(r, OSError) else r for f, r in zip(feeds, results)}
