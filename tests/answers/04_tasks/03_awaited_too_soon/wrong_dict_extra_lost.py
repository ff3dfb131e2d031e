"""Mistake: a dict by folder loses one of two copies of the same folder.
Caught by: test_every_copy_has_its_receipt
"""

import asyncio
from collections.abc import Awaitable, Callable
async def copy_all(copy, folders):
    tasks = {}
    for f in folders:
        tasks[f] = asyncio.create_task(copy(f))
    return [await tasks[f] for f in folders]
