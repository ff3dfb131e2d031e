"""Mistake: each answer is put into the dict when it comes in, so the order is that of arrival.
Caught by: test_every_depot_has_its_number
"""

import asyncio


async def count_parcels(ask, depots):
    counts = {}

    async def count(depot):
        counts[depot] = await ask(depot)

    async with asyncio.TaskGroup() as group:
        for depot in depots:
            group.create_task(count(depot))
    return counts
