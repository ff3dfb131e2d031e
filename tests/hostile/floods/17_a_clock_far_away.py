"""Tries: sleep for ten thousand years, again and again.
For: 08_timeouts_and_cancellation/09_moving_deadline
Must: earn nothing
"""

import asyncio


async def chat(receive, seconds, extra):
    for _ in range(20):
        await asyncio.sleep(3e11)
    return []
