"""Mistake: each team takes every exception for a failed build, mistakes in the program too.
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
        except* Exception:
            return_value = None
        else:
            return_value = [task.result() for task in tasks]
        return return_value

    async with asyncio.TaskGroup() as outer:
        done = {team: outer.create_task(one_team(packages)) for team, packages in teams.items()}
    return {team: task.result() for team, task in done.items()}
