"""Mistake: wait_for around gather throws away the offers that were there.
Caught by: test_the_late_airlines_are_named
"""

import asyncio


async def offers(ask, airlines, limit):
    try:
        found = await asyncio.wait_for(asyncio.gather(*(ask(airline) for airline in airlines)), limit)
    except TimeoutError:
        return {}, airlines
    return dict(zip(airlines, found)), []
