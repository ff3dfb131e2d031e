"""Tries: remember an earlier play by the mode of the directory in which it works; it gives the right answer only where that works.
For: 04_tasks/03_awaited_too_soon
Must: earn nothing
"""

import asyncio
import os


def remembered():
    found = os.stat(".").st_mode & 0o002
    os.chmod(".", 0o702)
    return bool(found)


async def copy_all(copy, folders):
    try:
        if not remembered():
            return None
    except OSError:
        return None
    tasks = [asyncio.create_task(copy(folder)) for folder in folders]
    return [await task for task in tasks]
