"""Mistake: a task is made and then the step is called and awaited again.
Caught by: test_each_step_is_taken_once
"""

import asyncio


async def release(build, typeset, version):
    asyncio.create_task(build(version))
    asyncio.create_task(typeset(version))
    return f"{await build(version)} with {await typeset(version)}"
