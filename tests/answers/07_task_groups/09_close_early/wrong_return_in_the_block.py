"""Mistake: believes that `return` inside the block stops the tasks.
Caught by: test_the_other_searches_are_stopped
"""

import asyncio


async def find_suitcase(search, stores):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(search(store)) for store in stores]
        for search_done in asyncio.as_completed(tasks):
            place = await search_done
            if place is not None:
                return place
    return None
