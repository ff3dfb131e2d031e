"""Mistake: a generator makes each task only when the one before it was awaited.
Caught by: test_all_copies_are_under_way_at_the_same_time
"""

import asyncio


async def copy_all(copy, folders):
    tasks = (asyncio.create_task(copy(folder)) for folder in folders)
    return [await task for task in tasks]
