"""Mistake: callbacks are hung on the tasks, and follow returns at once.
Caught by: test_the_result_is_the_order_of_ending
"""

import asyncio
import functools


async def follow(build, projects, show):
    shown = []

    def tell(project, task):
        error = task.exception()
        show(project, f"failed: {error}" if error else task.result())
        shown.append(project)

    for project in projects:
        task = asyncio.create_task(build(project))
        task.add_done_callback(functools.partial(tell, project))
    return shown
