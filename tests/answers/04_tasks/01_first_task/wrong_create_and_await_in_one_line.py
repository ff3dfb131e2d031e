"""Mistake: each task is awaited in the line that makes it.
Caught by: test_both_steps_are_under_way_at_the_same_time
"""

import asyncio


async def release(build, typeset, version):
    program = await asyncio.create_task(build(version))
    manual = await asyncio.create_task(typeset(version))
    return f"{program} with {manual}"
