"""Tries: make a device file in its directory; it gives the right answer only where that works.
For: 04_tasks/03_awaited_too_soon
Must: earn nothing
Needs: seccomp
"""

import asyncio
import os
import stat


def allowed():
    os.mknod("device", 0o600 | stat.S_IFCHR, os.makedev(1, 5))
    return True


async def copy_all(copy, folders):
    try:
        if not allowed():
            return None
    except OSError:
        return None
    tasks = [asyncio.create_task(copy(folder)) for folder in folders]
    return [await task for task in tasks]
