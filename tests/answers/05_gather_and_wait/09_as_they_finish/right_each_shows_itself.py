"""Right: every build shows itself when it has ended."""

import asyncio


async def follow(build, projects, show):
    shown = []

    async def run(project):
        try:
            outcome = await build(project)
        except Exception as error:
            outcome = f"failed: {error}"
        show(project, outcome)
        shown.append(project)

    await asyncio.gather(*map(run, projects))
    return shown
