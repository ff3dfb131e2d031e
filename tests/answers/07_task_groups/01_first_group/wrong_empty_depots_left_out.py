"""Mistake: a depot in which no parcel is waiting is left out.
Caught by: test_every_depot_has_its_number
"""

import asyncio


async def count_parcels(ask, depots):
    async with asyncio.TaskGroup() as group:
        tasks = {depot: group.create_task(ask(depot)) for depot in depots}
    return {depot: task.result() for depot, task in tasks.items() if task.result()}
