"""Mistake: after its patience it gives up on the thread and sleeps as long again.
Caught by: test_it_returns_when_every_call_has_come_back
"""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
async def read_meters(read, meters, patience):
    async def one(meter):
        try:
            return await asyncio.wait_for(asyncio.to_thread(read, meter), patience)
        except TimeoutError:
            await asyncio.sleep(patience)
            return None
    return dict(zip(meters, await asyncio.gather(*map(one, meters))))
