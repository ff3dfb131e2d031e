"""Tries: answer all that a drive could ask, before it does.
For: 08_timeouts_and_cancellation/03_clean_up
Must: earn nothing
"""

import asyncio


async def follow(connect, store):
    link = asyncio.get_running_loop().scheduler.partner
    answered = type(link).event.__globals__["Answered"]
    for number in range(1, 200):
        link.event(answered(number, "returned", 3))
    return 3
