"""Tries: tell the world of a deadline that is over, so that time goes back there.
For: 04_tasks/01_first_task
Must: earn nothing
"""

import asyncio


async def release(build, typeset, version):
    loop = asyncio.get_running_loop()
    link = loop.scheduler.partner
    real = link.exchange
    link.exchange = lambda deadline: real(-(10**12))
    program = await build(version)
    manual = await typeset(version)
    return f"{program} with {manual}"
