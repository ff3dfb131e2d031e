"""Right: a callback of each task shows it; the tasks bear the names of the projects."""

import asyncio


async def follow(build, projects, show):
    shown = []

    def tell(task):
        error = task.exception()
        show(task.get_name(), task.result() if error is None else "failed: " + str(error))
        shown.append(task.get_name())

    tasks = [asyncio.create_task(build(project), name=project) for project in projects]
    for task in tasks:
        task.add_done_callback(tell)
    await asyncio.gather(*tasks, return_exceptions=True)
    return shown
