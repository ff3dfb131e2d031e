"""Mistake: asyncio.create_task inside the block makes tasks that do not belong to the group.
Caught by: test_every_depot_has_its_number
"""

import asyncio


async def count_parcels(ask, depots):
    async with asyncio.TaskGroup() as group:
        tasks = {depot: asyncio.create_task(ask(depot)) for depot in depots}
    return {depot: task.result() for depot, task in tasks.items()}
