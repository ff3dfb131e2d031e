"""Mistake: the list stands outside the function and keeps the projects of the last call.
Caught by: test_no_project_and_one_project
"""

import asyncio


shown = []


async def follow(build, projects, show):
    async def run(project):
        try:
            outcome = await build(project)
        except Exception as error:
            outcome = f"failed: {error}"
        show(project, outcome)
        shown.append(project)

    await asyncio.gather(*map(run, projects))
    return shown
