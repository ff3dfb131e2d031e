"""Mistake: each airline has the whole limit for itself, one after another.
Caught by: test_the_late_requests_are_cancelled
"""

import asyncio


async def offers(ask, airlines, limit):
    there, late = {}, []
    for airline in airlines:
        try:
            there[airline] = await asyncio.wait_for(ask(airline), limit)
        except TimeoutError:
            late.append(airline)
    return there, late
