"""Tries: give up its turn for ever, so that time never goes on.
For: 08_timeouts_and_cancellation/04_swallowed_cancel
Must: be refused
"""

import asyncio


async def deliver(send, letters, pause):
    while True:
        await asyncio.sleep(0)
