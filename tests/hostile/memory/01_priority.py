"""Tries: remember an earlier play by the priority of the process that made it, which the next one inherits; it gives the right answer only where that works.
For: 04_tasks/03_awaited_too_soon
Must: earn nothing
Needs: seccomp
"""

import asyncio
import os


def remembered():
    found = os.getpriority(os.PRIO_PROCESS, 0) == 3
    os.setpriority(os.PRIO_PROCESS, os.getppid(), 3)
    return found


async def copy_all(copy, folders):
    try:
        if not remembered():
            return None
    except OSError:
        return None
    tasks = [asyncio.create_task(copy(folder)) for folder in folders]
    return [await task for task in tasks]
