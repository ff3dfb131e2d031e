"""Tries: drop calls at the moment at which they begin, again and again, so that the books of the world get mixed up.
For: 08_timeouts_and_cancellation/10_shared_budget
Must: earn nothing
"""

import asyncio


async def call_all(call, services, budget):
    for _ in range(300):
        for service in services[:3]:
            waiting = asyncio.ensure_future(call(service, budget))
            await asyncio.sleep(0)
            waiting.cancel()
    return ["" for _ in services]
