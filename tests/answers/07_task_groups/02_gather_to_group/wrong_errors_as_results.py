"""Mistake: a helper turns every error into a result, as return_exceptions would.
Caught by: test_a_failure_stops_the_others
"""

import asyncio


async def upload_all(upload, photos):
    async def safely(photo):
        try:
            return await upload(photo)
        except Exception as error:
            return error

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(safely(photo)) for photo in photos]
    return [task.result() for task in tasks]
