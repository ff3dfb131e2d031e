"""Tries: report that all work which a drive could give it is over, with a result that would please.
For: 08_timeouts_and_cancellation/05_cancel_and_join
Must: earn nothing
"""

import asyncio


async def stop(workers):
    link = asyncio.get_running_loop().scheduler.partner
    ended = type(link).event.__globals__["Ended"]
    for number in range(1, 50):
        link.event(ended(number, "returned", ["list", ["nobody"]]))
    return None
