"""Mistake: everything is shown when the slowest has ended.
Caught by: test_it_is_shown_at_the_moment_it_ends
"""

import asyncio


async def follow(build, projects, show):
    ended = []

    async def run(project):
        try:
            ended.append((project, await build(project)))
        except Exception as error:
            ended.append((project, f"failed: {error}"))

    await asyncio.gather(*(run(project) for project in projects))
    for project, outcome in ended:
        show(project, outcome)
    return [project for project, _ in ended]
