"""Mistake: what the for loop gives is taken for the tasks.
Caught by: test_each_project_is_shown_with_its_own_outcome
"""

import asyncio


async def follow(build, projects, show):
    project_of = {asyncio.create_task(build(project)): project for project in projects}
    shown = []
    for task in asyncio.as_completed(project_of):
        try:
            outcome = await task
        except Exception as error:
            outcome = f"failed: {error}"
        show(project_of[task], outcome)
        shown.append(project_of[task])
    return shown
