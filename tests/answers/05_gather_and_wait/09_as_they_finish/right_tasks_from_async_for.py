"""Right: async for where there is one, which gives the tasks themselves; a plain loop elsewhere."""

import asyncio
import sys


async def follow(build, projects, show):
    shown = []

    async def tell(project, ended):
        try:
            outcome = await ended
        except Exception as error:
            outcome = f"failed: {error}"
        show(project, outcome)
        shown.append(project)

    if sys.version_info >= (3, 13):
        project_of = {asyncio.create_task(build(project)): project for project in projects}
        async for task in asyncio.as_completed(project_of):
            await tell(project_of[task], task)
    else:
        for following in asyncio.as_completed([tell(project, build(project)) for project in projects]):
            await following
    return shown
