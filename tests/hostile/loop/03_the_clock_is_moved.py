"""Tries: move the played clock forward by hand, so that waits seem to be over.
For: 08_timeouts_and_cancellation/10_shared_budget
Must: earn nothing
"""

import asyncio


async def call_all(call, services, budget):
    clock = asyncio.get_running_loop().clock
    clock.now_ns += round(budget * 1e9)
    clock.seconds += budget
    return ["" for _ in services]
