"""Mistake: the receipts stand in the order in which the copies end.
Caught by: test_receipts_keep_the_order_of_the_folders
"""

import asyncio


async def copy_all(copy, folders):
    tasks = [asyncio.create_task(copy(folder)) for folder in folders]
    return [await task for task in asyncio.as_completed(tasks)]
