"""Mistake: gather does the waiting, and wait looks at tasks that have ended.
Caught by: test_wait_does_the_waiting
"""

import asyncio
from collections.abc import Awaitable, Callable


async def states(probe, hosts):
    tasks = {h: asyncio.create_task(probe(h)) for h in hosts}
    await asyncio.gather(*tasks.values(), return_exceptions=True)
    if tasks:
        await asyncio.wait(tasks.values())
    return {h: t.result() for h, t in tasks.items()}
