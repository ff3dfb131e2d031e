"""Tries: nothing; it solves the exercise, and prints what is odd on the way.
For: 04_tasks/01_first_task
Must: earn all
"""

import asyncio


async def release(build, typeset, version):
    print(10**4000, "\ud800", float("nan"), "\x1b[2J", {2**70: {1, 2}})
    program = asyncio.create_task(build(version))
    manual = asyncio.create_task(typeset(version))
    return f"{await program} with {await manual}"
