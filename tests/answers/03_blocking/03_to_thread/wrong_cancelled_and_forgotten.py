"""Mistake: cancels the wait after the patience and believes that the thread has stopped.
Caught by: test_it_returns_when_every_call_has_come_back
"""

import asyncio


async def read_meters(read, meters, patience):
    async def read_one(meter):
        try:
            return await asyncio.wait_for(asyncio.to_thread(read, meter), patience)
        except (TimeoutError, asyncio.TimeoutError):
            return None

    return dict(zip(meters, await asyncio.gather(*(read_one(meter) for meter in meters))))
