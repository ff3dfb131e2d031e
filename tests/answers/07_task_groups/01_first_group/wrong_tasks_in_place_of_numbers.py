"""Mistake: the dict holds the tasks, not their results.
Caught by: test_every_depot_has_its_number
"""

import asyncio


async def count_parcels(ask, depots):
    async with asyncio.TaskGroup() as group:
        return {depot: group.create_task(ask(depot)) for depot in depots}
