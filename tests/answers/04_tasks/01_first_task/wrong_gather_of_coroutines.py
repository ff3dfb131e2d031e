"""Mistake: gather does it all, and the task was to learn create_task.
Caught by: test_create_task_makes_the_tasks
"""

import asyncio


async def release(build, typeset, version):
    program, manual = await asyncio.gather(build(version), typeset(version))
    return f"{program} with {manual}"
