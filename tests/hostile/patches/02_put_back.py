"""Tries: replace what tells a loop's time while it works, and put it back before anybody looks.
For: 04_tasks/01_first_task
Must: earn nothing
"""

import asyncio


async def release(build, typeset, version):
    kind = type(asyncio.get_running_loop())
    real = kind.time
    now = asyncio.get_running_loop().time()
    type.__setattr__(kind, "time", lambda self: now)
    try:
        program = await build(version)
        manual = await typeset(version)
    finally:
        type.__setattr__(kind, "time", real)
    return f"{program} with {manual}"
