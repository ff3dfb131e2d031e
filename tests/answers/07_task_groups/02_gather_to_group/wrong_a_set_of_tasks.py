"""Mistake: the tasks are kept in a set, which has no order.
Caught by: test_addresses_keep_the_order_of_the_photos
"""

import asyncio


async def upload_all(upload, photos):
    tasks = set()
    async with asyncio.TaskGroup() as group:
        for photo in photos:
            tasks.add(group.create_task(upload(photo)))
    return [task.result() for task in tasks]
