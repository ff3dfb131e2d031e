"""Mistake: the event loop's own method makes the tasks, where asyncio.create_task is asked for.
Caught by: test_create_task_makes_the_tasks
"""

import asyncio
from collections.abc import Awaitable, Callable

Step = Callable[[str], Awaitable[str]]
async def release(build, typeset, version):
    loop = asyncio.get_running_loop()
    p, m = loop.create_task(build(version)), loop.create_task(typeset(version))
    return f"{await p} with {await m}"
