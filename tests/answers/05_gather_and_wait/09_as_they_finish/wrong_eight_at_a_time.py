"""Mistake: a semaphore lets only eight builds begin at a time.
Caught by: test_it_is_shown_at_the_moment_it_ends
"""

import asyncio


async def follow(build, projects, show):
    places = asyncio.Semaphore(8)
    shown = []

    async def run(project):
        async with places:
            try:
                outcome = await build(project)
            except Exception as error:
                outcome = f"failed: {error}"
        show(project, outcome)
        shown.append(project)

    await asyncio.gather(*map(run, projects))
    return shown
