"""Mistake: the project is looked up by its outcome, which several may have.
Caught by: test_each_project_is_shown_with_its_own_outcome
"""

import asyncio


async def follow(build, projects, show):
    tasks = {project: asyncio.create_task(build(project)) for project in projects}
    shown = []
    for following in asyncio.as_completed(tasks.values()):
        try:
            outcome = await following
        except Exception as error:
            outcome = f"failed: {error}"
        for project, task in tasks.items():
            if not task.done():
                continue
            if (f"failed: {task.exception()}" if task.exception() else task.result()) == outcome:
                show(project, outcome)
                shown.append(project)
                break
    return shown
