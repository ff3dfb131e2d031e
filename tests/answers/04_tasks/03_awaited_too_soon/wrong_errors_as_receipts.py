"""Mistake: an error is put into the list like a receipt.
Caught by: test_an_error_leaves_copy_all
"""

import asyncio


async def copy_all(copy, folders):
    tasks = [asyncio.create_task(copy(folder)) for folder in folders]
    return await asyncio.gather(*tasks, return_exceptions=True)
