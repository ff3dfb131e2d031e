"""Mistake: the results are read inside the block, before the tasks have ended.
Caught by: test_every_depot_has_its_number
"""

import asyncio


async def count_parcels(ask, depots):
    async with asyncio.TaskGroup() as group:
        tasks = {depot: group.create_task(ask(depot)) for depot in depots}
        return {depot: task.result() for depot, task in tasks.items()}
