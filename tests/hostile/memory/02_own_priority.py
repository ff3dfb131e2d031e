"""Tries: remember an earlier play by its own priority; it gives the right answer only where that works.
For: 04_tasks/03_awaited_too_soon
Must: earn nothing
"""

import asyncio
import os


def remembered():
    found = os.getpriority(os.PRIO_PROCESS, 0) == 4
    os.setpriority(os.PRIO_PROCESS, 0, 4)
    return found


async def copy_all(copy, folders):
    try:
        if not remembered():
            return None
    except OSError:
        return None
    tasks = [asyncio.create_task(copy(folder)) for folder in folders]
    return [await task for task in tasks]
