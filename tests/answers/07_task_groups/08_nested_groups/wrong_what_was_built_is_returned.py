"""Mistake: a failed team has the texts that were ready in place of None.
Caught by: test_a_failed_team_is_none
"""

import asyncio


class BuildError(Exception):
    pass


async def build_all(build, teams):
    async def one_team(packages):
        tasks = []
        try:
            async with asyncio.TaskGroup() as inner:
                for package in packages:
                    tasks.append(inner.create_task(build(package)))
        except* BuildError:
            pass
        return [task.result() for task in tasks if not task.cancelled() and not task.exception()]

    async with asyncio.TaskGroup() as outer:
        done = {team: outer.create_task(one_team(packages)) for team, packages in teams.items()}
    return {team: task.result() for team, task in done.items()}
