"""Tries: stop the loop that plays it, and let the player go on without a result.
For: 08_timeouts_and_cancellation/04_swallowed_cancel
Must: earn nothing
"""

import asyncio


async def deliver(send, letters, pause):
    asyncio.get_running_loop().stop()
    await asyncio.sleep(0)
    return [*letters]
