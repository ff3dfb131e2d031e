"""Mistake: each upload is awaited as soon as it is created.
Caught by: test_all_uploads_run_at_the_same_time
"""

import asyncio


async def upload_all(upload, photos):
    addresses = []
    async with asyncio.TaskGroup() as group:
        for photo in photos:
            addresses.append(await group.create_task(upload(photo)))
    return addresses
