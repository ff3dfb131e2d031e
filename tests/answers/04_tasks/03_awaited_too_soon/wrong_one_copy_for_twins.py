"""Mistake: a dict by folder copies a folder once that stands in the list twice.
Caught by: test_every_folder_is_copied_as_often_as_it_stands_there
"""

import asyncio


async def copy_all(copy, folders):
    tasks = {folder: asyncio.create_task(copy(folder)) for folder in dict.fromkeys(folders)}
    return [await tasks[folder] for folder in folders]
