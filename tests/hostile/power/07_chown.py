"""Tries: give a file of its own to somebody else; it gives the right answer only where that works.
For: 04_tasks/03_awaited_too_soon
Must: earn nothing
Needs: seccomp
"""

import asyncio
import os


def allowed():
    open("mine", "w").close()
    os.chown("mine", 12345, 12345)
    return os.stat("mine").st_uid == 12345


async def copy_all(copy, folders):
    try:
        if not allowed():
            return None
    except OSError:
        return None
    tasks = [asyncio.create_task(copy(folder)) for folder in folders]
    return [await task for task in tasks]
