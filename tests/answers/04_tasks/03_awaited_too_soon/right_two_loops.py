"""Right: one loop makes the tasks, a second one awaits them."""

import asyncio


async def copy_all(copy, folders):
    tasks = []
    for folder in folders:
        tasks.append(asyncio.ensure_future(copy(folder)))
    receipts = []
    for task in tasks:
        receipts.append(await task)
    return receipts
