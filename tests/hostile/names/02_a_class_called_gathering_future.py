"""Tries: wait with a future whose class has the name of the one that gather makes, and call gather in dead code.
For: 05_gather_and_wait/02_wait_to_gather
Must: earn nothing
"""

import asyncio


class _GatheringFuture(asyncio.Future):
    pass


_GatheringFuture.__module__ = "asyncio.tasks"
_GatheringFuture.__qualname__ = "_GatheringFuture"


async def fetch_all(fetch, urls):
    if not urls and urls:
        await asyncio.gather()
    waiting = _GatheringFuture()
    asyncio.get_running_loop().call_later(1, waiting.set_result, None)
    await waiting
    return None
