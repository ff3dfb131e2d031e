"""Mistake: a build that failed is passed over in silence.
Caught by: test_a_failed_build_is_shown_like_the_others
"""

import asyncio


async def pair(build, project):
    return project, await build(project)


async def follow(build, projects, show):
    shown = []
    for following in asyncio.as_completed([pair(build, project) for project in projects]):
        try:
            project, outcome = await following
        except Exception:
            continue
        show(project, outcome)
        shown.append(project)
    return shown
