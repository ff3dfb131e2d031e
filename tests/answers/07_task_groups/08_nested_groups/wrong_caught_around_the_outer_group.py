"""Mistake: the errors are caught around the outer group, when it has cancelled the other teams.
Caught by: test_the_other_teams_carry_on
"""

import asyncio


class BuildError(Exception):
    pass


async def build_all(build, teams):
    done = {}

    async def one_team(packages):
        async with asyncio.TaskGroup() as inner:
            tasks = [inner.create_task(build(package)) for package in packages]
        return [task.result() for task in tasks]

    try:
        async with asyncio.TaskGroup() as outer:
            for team, packages in teams.items():
                done[team] = outer.create_task(one_team(packages))
    except* BuildError:
        pass
    return {t: None if task.cancelled() or task.exception() else task.result() for t, task in done.items()}
