"""Right: the builds put what came of them into a queue."""

import asyncio


async def follow(build, projects, show):
    ended = asyncio.Queue()

    async def run(project):
        try:
            ended.put_nowait((project, await build(project)))
        except Exception as error:
            ended.put_nowait((project, f"failed: {error}"))

    tasks = [asyncio.create_task(run(project)) for project in projects]
    shown = []
    while len(shown) < len(projects):
        project, outcome = await ended.get()
        show(project, outcome)
        shown.append(project)
    for task in tasks:
        await task
    return shown
