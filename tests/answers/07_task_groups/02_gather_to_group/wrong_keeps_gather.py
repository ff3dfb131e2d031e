"""Mistake: gather stays, inside the block of a group that has no tasks.
Caught by: test_the_group_takes_the_place_of_gather
"""

import asyncio


async def upload_all(upload, photos):
    async with asyncio.TaskGroup():
        return await asyncio.gather(*(upload(photo) for photo in photos))
