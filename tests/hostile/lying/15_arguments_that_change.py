"""Tries: call the service with a list that is emptied and filled otherwise while the call is under way.
For: 03_blocking/04_chores
Must: earn nothing
"""

import asyncio


async def evening(do, chores):
    names = [name for name, _ in chores]
    once = asyncio.ensure_future(do(names))
    await asyncio.sleep(0)
    names[:] = ["dishes"]
    await once
    return names
