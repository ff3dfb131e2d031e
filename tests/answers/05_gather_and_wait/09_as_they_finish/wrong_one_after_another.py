"""Mistake: each build is awaited before the next one begins.
Caught by: test_it_is_shown_at_the_moment_it_ends
"""

import asyncio


async def follow(build, projects, show):
    for project in projects:
        try:
            show(project, await build(project))
        except Exception as error:
            show(project, f"failed: {error}")
    return projects
