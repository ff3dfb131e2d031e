"""Mistake: gather collects the results of the group's tasks.
Caught by: test_the_group_takes_the_place_of_gather
"""

import asyncio


async def upload_all(upload, photos):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(upload(photo)) for photo in photos]
    return await asyncio.gather(*tasks)
