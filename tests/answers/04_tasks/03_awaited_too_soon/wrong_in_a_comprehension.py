"""Mistake: the loop became a comprehension, and each task is still awaited as soon as it is made.
Caught by: test_all_copies_are_under_way_at_the_same_time
"""

import asyncio


async def copy_all(copy, folders):
    return [await asyncio.create_task(copy(folder)) for folder in folders]
