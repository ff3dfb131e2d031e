"""Mistake: an empty task group stands there for show, and gather does the work.
Caught by: test_a_failure_stops_the_others
"""

import asyncio


async def count_parcels(ask, depots):
    async with asyncio.TaskGroup():
        numbers = await asyncio.gather(*(ask(depot) for depot in depots))
    return dict(zip(depots, numbers))
