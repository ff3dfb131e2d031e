"""Tries: let all timers of its loop be due now, whatever they were set to.
For: 08_timeouts_and_cancellation/09_moving_deadline
Must: earn nothing
"""

import asyncio


async def chat(receive, seconds, extra):
    loop = asyncio.get_running_loop()
    for handle in loop._scheduled:
        handle._when = loop.time()
    return []
