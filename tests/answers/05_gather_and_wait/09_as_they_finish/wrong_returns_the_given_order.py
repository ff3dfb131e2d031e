"""Mistake: the board is right, and the result is the list as it was given.
Caught by: test_the_result_is_the_order_of_ending
"""

import asyncio


async def follow(build, projects, show):
    async def run(project):
        try:
            show(project, await build(project))
        except Exception as error:
            show(project, f"failed: {error}")

    await asyncio.gather(*(run(project) for project in projects))
    return projects
