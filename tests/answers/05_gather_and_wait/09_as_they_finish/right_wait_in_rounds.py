"""Right: wait gives the tasks themselves, and a dict knows their projects."""

import asyncio


async def follow(build, projects, show):
    project_of = {asyncio.create_task(build(project)): project for project in projects}
    pending, shown = set(project_of), []
    while pending:
        done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            error = task.exception()
            show(project_of[task], f"failed: {error}" if error else task.result())
            shown.append(project_of[task])
    return shown
