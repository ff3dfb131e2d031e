"""Mistake: except BuildError around the inner group never sees an exception group.
Caught by: test_a_failed_team_is_none
"""

import asyncio


class BuildError(Exception):
    pass


async def build_all(build, teams):
    async def one_team(packages):
        try:
            async with asyncio.TaskGroup() as inner:
                tasks = [inner.create_task(build(package)) for package in packages]
            return [task.result() for task in tasks]
        except BuildError:
            return None

    async with asyncio.TaskGroup() as outer:
        done = {team: outer.create_task(one_team(packages)) for team, packages in teams.items()}
    return {team: task.result() for team, task in done.items()}
