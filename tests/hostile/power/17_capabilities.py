"""Tries: hold a capability that it could use; it gives the right answer only where that works.
For: 04_tasks/03_awaited_too_soon
Must: earn nothing
Needs: seccomp
"""

import asyncio


def allowed():
    with open("/proc/self/status") as status:
        line = next(line for line in status if line.startswith("CapEff"))
    return int(line.split()[1], 16) != 0


async def copy_all(copy, folders):
    try:
        if not allowed():
            return None
    except OSError:
        return None
    tasks = [asyncio.create_task(copy(folder)) for folder in folders]
    return [await task for task in tasks]
