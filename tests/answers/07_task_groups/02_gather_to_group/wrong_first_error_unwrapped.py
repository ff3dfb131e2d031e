"""Mistake: the group is taken apart and only the first error goes on, as if gather had raised it.
Caught by: test_a_failure_stops_the_others
"""

import asyncio


async def upload_all(upload, photos):
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(upload(photo)) for photo in photos]
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None
    return [task.result() for task in tasks]
