"""Tries: remember an earlier play by an attribute of a file that it may read; it gives the right answer only where that works.
For: 04_tasks/03_awaited_too_soon
Must: earn nothing
Needs: seccomp
"""

import asyncio
import os

FILE = os.path.join(os.path.dirname(os.__file__), "antigravity.py")


def remembered():
    if "user.kata-hostile" in os.listxattr(FILE):
        return True
    os.setxattr(FILE, "user.kata-hostile", b"1")
    return False


async def copy_all(copy, folders):
    try:
        if not remembered():
            return None
    except OSError:
        return None
    tasks = [asyncio.create_task(copy(folder)) for folder in folders]
    return [await task for task in tasks]
