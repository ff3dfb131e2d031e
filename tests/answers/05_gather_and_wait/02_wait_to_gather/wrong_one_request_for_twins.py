"""Mistake: a dict keyed by URL drops the second of two equal URLs.
Caught by: test_every_url_is_fetched_once_for_each_time_it_stands_there
"""

import asyncio


async def fetch_all(fetch, urls):
    wanted = dict.fromkeys(urls)
    return await asyncio.gather(*(fetch(url) for url in wanted))
