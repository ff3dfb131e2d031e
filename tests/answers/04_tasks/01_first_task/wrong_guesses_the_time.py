"""Mistake: sleeps as long as the steps took on the day of writing.
Caught by: test_both_steps_are_under_way_at_the_same_time
"""

import asyncio


async def release(build, typeset, version):
    building = asyncio.create_task(build(version))
    typesetting = asyncio.create_task(typeset(version))
    await asyncio.sleep(2)
    return f"{building.result()} with {typesetting.result()}"
