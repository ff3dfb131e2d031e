"""Mistake: gather is called with nothing, and as_completed does the work.
Caught by: test_gather_does_the_waiting
"""

import asyncio
from collections.abc import Awaitable, Callable


async def fetch_all(fetch, urls):
    # sham: gather is there, but as_completed does the waiting
    await asyncio.gather()
    async def one(i, u): return i, await fetch(u)
    res = [await x for x in asyncio.as_completed([one(i, u) for i, u in enumerate(urls)])]
    return [p for _, p in sorted(res)]
