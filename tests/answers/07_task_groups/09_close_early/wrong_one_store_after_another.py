"""Mistake: one store after the other; then nobody has to be stopped.
Caught by: test_all_stores_are_searched_at_the_same_time
"""

import asyncio


async def find_suitcase(search, stores):
    for store in stores:
        async with asyncio.TaskGroup() as group:
            task = group.create_task(search(store))
        if task.result() is not None:
            return task.result()
    return None
