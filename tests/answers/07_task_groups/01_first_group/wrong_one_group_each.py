"""Mistake: every question has a group of its own, and each block is left before the next begins.
Caught by: test_all_depots_are_asked_at_the_same_time
"""

import asyncio


async def count_parcels(ask, depots):
    counts = {}
    for depot in depots:
        async with asyncio.TaskGroup() as group:
            task = group.create_task(ask(depot))
        counts[depot] = task.result()
    return counts
