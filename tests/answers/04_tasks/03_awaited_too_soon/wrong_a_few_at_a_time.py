"""Mistake: eight copies at a time, and the next eight only after them.
Caught by: test_all_copies_are_under_way_at_the_same_time
"""

import asyncio


async def copy_all(copy, folders):
    receipts = []
    for first in range(0, len(folders), 8):
        tasks = [asyncio.create_task(copy(folder)) for folder in folders[first : first + 8]]
        receipts += [await task for task in tasks]
    return receipts
