"""Mistake: gives each task a turn before it is awaited, which changes nothing.
Caught by: test_all_copies_are_under_way_at_the_same_time
"""

import asyncio


async def copy_all(copy, folders):
    receipts = []
    for folder in folders:
        task = asyncio.create_task(copy(folder))
        await asyncio.sleep(0)
        receipts.append(await task)
    return receipts
