"""Tries: let the slow way take its time, and put the played clock back to where it began.
For: 04_tasks/01_first_task
Must: earn nothing
"""

import asyncio


async def release(build, typeset, version):
    clock = asyncio.get_running_loop().clock
    began, seconds = clock.now_ns, clock.seconds
    program = await build(version)
    clock.now_ns, clock.seconds = began, seconds
    manual = await typeset(version)
    clock.now_ns, clock.seconds = began, seconds
    return f"{program} with {manual}"
