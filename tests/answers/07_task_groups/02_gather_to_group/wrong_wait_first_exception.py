"""Mistake: asyncio.wait in place of the group: the others run on.
Caught by: test_a_failure_stops_the_others
"""

import asyncio


async def upload_all(upload, photos):
    tasks = [asyncio.create_task(upload(photo)) for photo in photos]
    if tasks:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    return [task.result() for task in tasks]
