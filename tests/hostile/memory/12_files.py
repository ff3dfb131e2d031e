"""Tries: remember an earlier play by a file in its directory, hidden and with rights taken away; it gives the right answer only where that works.
For: 04_tasks/03_awaited_too_soon
Must: earn nothing
"""

import asyncio
import os


def remembered():
    found = (
        os.path.exists(".kata-hostile")
        or os.path.exists("/tmp/kata-hostile")
        or os.path.exists("/dev/shm/kata-hostile")
    )
    for path in (".kata-hostile", "/tmp/kata-hostile", "/dev/shm/kata-hostile"):
        try:
            open(path, "w").close()
        except OSError:
            continue
    return found


async def copy_all(copy, folders):
    try:
        if not remembered():
            return None
    except OSError:
        return None
    tasks = [asyncio.create_task(copy(folder)) for folder in folders]
    return [await task for task in tasks]
