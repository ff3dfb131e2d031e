"""Mistake: the numbers of an earlier call are still in the dict.
Caught by: test_every_depot_has_its_number
"""

import asyncio

ALL = {}


async def count_parcels(ask, depots):
    async with asyncio.TaskGroup() as group:
        tasks = {depot: group.create_task(ask(depot)) for depot in depots}
    for depot, task in tasks.items():
        ALL[depot] = task.result()
    return ALL
