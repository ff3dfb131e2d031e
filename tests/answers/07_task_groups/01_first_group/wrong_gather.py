"""Mistake: gather does the work: after a failure the other questions go on.
Caught by: test_a_failure_stops_the_others
"""

import asyncio


async def count_parcels(ask, depots):
    numbers = await asyncio.gather(*(ask(depot) for depot in depots))
    return dict(zip(depots, numbers))
