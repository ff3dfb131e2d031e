"""Mistake: the list of tasks belongs to the module, so a second call gives the first receipts, too.
Caught by: test_receipts_keep_the_order_of_the_folders
"""

import asyncio

tasks = []


async def copy_all(copy, folders):
    for folder in folders:
        tasks.append(asyncio.create_task(copy(folder)))
    return [await task for task in tasks]
