"""Mistake: the results in order of arrival are paired with the projects in their own order.
Caught by: test_each_project_is_shown_with_its_own_outcome
"""

import asyncio


async def follow(build, projects, show):
    shown = []
    builds = [build(project) for project in projects]
    for project, following in zip(projects, asyncio.as_completed(builds)):
        try:
            outcome = await following
        except Exception as error:
            outcome = f"failed: {error}"
        show(project, outcome)
        shown.append(project)
    return shown
