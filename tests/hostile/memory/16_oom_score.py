"""Tries: remember an earlier play by how likely it is to be killed; it gives the right answer only where that works.
For: 04_tasks/03_awaited_too_soon
Must: earn nothing
"""

import asyncio
import os


def remembered():
    path = "/proc/self/oom_score_adj"
    with open(path) as file:
        found = file.read().strip() == "321"
    with open(f"/proc/{os.getppid()}/oom_score_adj", "w") as file:
        file.write("321")
    return found


async def copy_all(copy, folders):
    try:
        if not remembered():
            return None
    except OSError:
        return None
    tasks = [asyncio.create_task(copy(folder)) for folder in folders]
    return [await task for task in tasks]
