"""Mistake: the tasks are awaited in the order of the projects.
Caught by: test_it_is_shown_at_the_moment_it_ends
"""

import asyncio


async def follow(build, projects, show):
    tasks = [(project, asyncio.create_task(build(project))) for project in projects]
    shown = []
    for project, task in tasks:
        try:
            show(project, await task)
        except Exception as error:
            show(project, f"failed: {error}")
        shown.append(project)
    return shown
