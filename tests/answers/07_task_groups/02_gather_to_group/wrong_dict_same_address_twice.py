"""Mistake: a dict by photo gives the same address twice.
Caught by: test_every_place_in_the_list_is_uploaded
"""

import asyncio
from collections.abc import Awaitable, Callable


async def upload_all(upload, photos):
    tasks = {}
    async with asyncio.TaskGroup() as group:
        for photo in photos:
            tasks[photo] = group.create_task(upload(photo))
    return [tasks[photo].result() for photo in photos]
