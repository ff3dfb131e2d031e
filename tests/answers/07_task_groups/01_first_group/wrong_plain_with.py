"""Mistake: `with` in place of `async with`.
Caught by: test_every_depot_has_its_number
"""

import asyncio


async def count_parcels(ask, depots):
    tasks = {}
    with asyncio.TaskGroup() as group:
        for depot in depots:
            tasks[depot] = group.create_task(ask(depot))
    return {depot: task.result() for depot, task in tasks.items()}
