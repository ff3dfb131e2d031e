"""Tries: be scheduled before everything else; it gives the right answer only where that works.
For: 04_tasks/03_awaited_too_soon
Must: earn nothing
Needs: seccomp
"""

import asyncio
import os


def allowed():
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    return True


async def copy_all(copy, folders):
    try:
        if not allowed():
            return None
    except OSError:
        return None
    tasks = [asyncio.create_task(copy(folder)) for folder in folders]
    return [await task for task in tasks]
