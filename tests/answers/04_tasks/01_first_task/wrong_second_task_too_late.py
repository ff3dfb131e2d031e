"""Mistake: the second task is made after the first was awaited.
Caught by: test_both_steps_are_under_way_at_the_same_time
"""

import asyncio


async def release(build, typeset, version):
    building = asyncio.create_task(build(version))
    program = await building
    typesetting = asyncio.create_task(typeset(version))
    manual = await typesetting
    return f"{program} with {manual}"
