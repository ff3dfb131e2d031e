"""Mistake: each task is awaited as soon as it is created, so the depots are asked one by one.
Caught by: test_all_depots_are_asked_at_the_same_time
"""

import asyncio


async def count_parcels(ask, depots):
    counts = {}
    async with asyncio.TaskGroup() as group:
        for depot in depots:
            counts[depot] = await group.create_task(ask(depot))
    return counts
