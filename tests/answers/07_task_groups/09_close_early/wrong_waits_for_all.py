"""Mistake: nobody is stopped: the group waits for all searches, found or not.
Caught by: test_the_other_searches_are_stopped
"""

import asyncio


async def find_suitcase(search, stores):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(search(store)) for store in stores]
    return next((task.result() for task in tasks if task.result() is not None), None)
