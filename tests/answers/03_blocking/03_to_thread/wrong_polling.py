"""Mistake: it looks again and again whether the threads are ready.
Caught by: test_all_meters_are_read_at_the_same_time
"""

import asyncio
import time
async def read_meters(read, meters, patience):
    async def one(meter):
        asked = time.monotonic()
        t = asyncio.create_task(asyncio.to_thread(read, meter))
        while not t.done():
            await asyncio.sleep(0.1)
        return t.result() if time.monotonic() - asked <= patience else None
    return {m: r for m, r in zip(meters, await asyncio.gather(*map(one, meters)))}
