"""Mistake: the inner groups stand in a loop, so one team waits for the other.
Caught by: test_all_packages_are_built_at_the_same_time
"""

import asyncio


class BuildError(Exception):
    pass


async def build_all(build, teams):
    results = {}
    for team, packages in teams.items():
        results[team] = None
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(build(package)) for package in packages]
            results[team] = [task.result() for task in tasks]
        except* BuildError:
            pass
    return results
