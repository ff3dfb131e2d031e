"""Mistake: the first error is wrapped in a new group, and the others beside it are lost.
Caught by: test_all_errors_come_out
"""

import asyncio


async def upload_all(upload, photos):
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(upload(photo)) for photo in photos]
    except ExceptionGroup as failed:
        raise ExceptionGroup("upload failed", failed.exceptions[:1]) from None
    return [task.result() for task in tasks]
