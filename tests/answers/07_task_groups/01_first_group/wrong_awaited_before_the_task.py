"""Mistake: the coroutine is awaited, and its result handed to create_task.
Caught by: test_every_depot_has_its_number
"""

import asyncio


async def count_parcels(ask, depots):
    tasks = {}
    async with asyncio.TaskGroup() as group:
        for depot in depots:
            tasks[depot] = group.create_task(await ask(depot))
    return {depot: task.result() for depot, task in tasks.items()}
