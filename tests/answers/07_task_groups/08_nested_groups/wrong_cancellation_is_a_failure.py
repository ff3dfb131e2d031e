"""Mistake: a team that is cancelled counts as failed, so nobody can stop build_all.
Caught by: test_a_cancellation_reaches_all_packages
"""

import asyncio


class BuildError(Exception):
    pass


async def build_all(build, teams):
    results = {}
    for_later = []

    async def one_team(team, packages):
        results[team] = None
        async with asyncio.TaskGroup() as inner:
            tasks = [inner.create_task(build(package)) for package in packages]
        results[team] = [task.result() for task in tasks]

    for team, packages in teams.items():
        for_later.append(asyncio.create_task(one_team(team, packages)))
    for task in for_later:
        try:
            await task
        except* (BuildError, asyncio.CancelledError):
            pass
    return results
