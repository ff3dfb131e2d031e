"""Mistake: asyncio.wait does not take an empty list.
Caught by: test_no_folders_and_one_folder
"""

import asyncio


async def copy_all(copy, folders):
    tasks = [asyncio.create_task(copy(folder)) for folder in folders]
    await asyncio.wait(tasks)
    return [task.result() for task in tasks]
