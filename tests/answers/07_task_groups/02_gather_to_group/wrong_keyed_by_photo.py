"""Mistake: a dict of photo to task loses the photo that stands in the list twice.
Caught by: test_every_place_in_the_list_is_uploaded
"""

import asyncio


async def upload_all(upload, photos):
    async with asyncio.TaskGroup() as group:
        tasks = {photo: group.create_task(upload(photo)) for photo in set(photos)}
    return [tasks[photo].result() for photo in photos]
