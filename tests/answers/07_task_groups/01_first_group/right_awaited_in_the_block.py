"""Right: the tasks are awaited inside the block, after all of them were started.
"""

import asyncio


async def count_parcels(ask, depots):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(ask(depot)) for depot in depots]
        numbers = [await task for task in tasks]
    return {depot: number for depot, number in zip(depots, numbers)}
