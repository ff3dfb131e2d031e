"""Mistake: waits for half a minute at most.
Caught by: test_both_steps_are_under_way_at_the_same_time
"""

import asyncio


async def release(build, typeset, version):
    program = asyncio.create_task(build(version))
    manual = asyncio.create_task(typeset(version))
    await asyncio.wait([program, manual], timeout=30)
    return f"{program.result()} with {manual.result()}"
