"""Mistake: gather is called for each folder, with one task in it.
Caught by: test_all_copies_are_under_way_at_the_same_time
"""

import asyncio


async def copy_all(copy, folders):
    receipts = []
    for folder in folders:
        receipts += await asyncio.gather(asyncio.create_task(copy(folder)))
    return receipts
