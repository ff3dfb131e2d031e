"""Mistake: gather runs the teams: a mistake in one team does not stop the others.
Caught by: test_other_errors_stop_all_teams
"""

import asyncio


class BuildError(Exception):
    pass


async def build_all(build, teams):
    async def one_team(packages):
        try:
            async with asyncio.TaskGroup() as inner:
                tasks = [inner.create_task(build(package)) for package in packages]
        except* BuildError:
            tasks = None
        return tasks and [task.result() for task in tasks] if tasks != [] else []

    results = await asyncio.gather(*(one_team(packages) for packages in teams.values()))
    return dict(zip(teams, results))
