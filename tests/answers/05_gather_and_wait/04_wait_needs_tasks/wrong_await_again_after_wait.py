"""Mistake: after the wait each host is probed a second time.
Caught by: test_all_probes_wait_at_the_same_time
"""

import asyncio
from collections.abc import Awaitable, Callable


async def states(probe, hosts):
    if hosts:
        await asyncio.wait([asyncio.create_task(probe(h)) for h in hosts])
    return {h: await probe(h) for h in hosts}
