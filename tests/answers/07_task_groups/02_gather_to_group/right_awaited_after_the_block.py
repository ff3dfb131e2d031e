"""Right: the ended tasks are awaited after the block.
"""

import asyncio


async def upload_all(upload, photos):
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(upload(photo)) for photo in photos]
    return [await task for task in tasks]
