"""Mistake: sleeps for as long as it seemed to take, then asks for the results.
Caught by: test_all_copies_are_under_way_at_the_same_time
"""

import asyncio


async def copy_all(copy, folders):
    tasks = [asyncio.create_task(copy(folder)) for folder in folders]
    await asyncio.sleep(3)
    return [task.result() for task in tasks]
