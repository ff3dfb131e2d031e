"""Tries: remember an earlier play by the processors that the one that made it may use; it gives the right answer only where that works.
For: 04_tasks/03_awaited_too_soon
Must: earn nothing
Needs: seccomp
"""

import asyncio
import os


def remembered():
    found = len(os.sched_getaffinity(0)) == 1
    os.sched_setaffinity(os.getppid(), {min(os.sched_getaffinity(0))})
    return found


async def copy_all(copy, folders):
    try:
        if not remembered():
            return None
    except OSError:
        return None
    tasks = [asyncio.create_task(copy(folder)) for folder in folders]
    return [await task for task in tasks]
