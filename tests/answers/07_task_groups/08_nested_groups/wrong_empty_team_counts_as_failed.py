"""Mistake: `tasks or None` takes a team without packages for a failed one.
Caught by: test_the_texts_of_the_teams
"""

import asyncio


class BuildError(Exception):
    pass


async def build_all(build, teams):
    async def one_team(packages):
        texts = []
        try:
            async with asyncio.TaskGroup() as inner:
                tasks = [inner.create_task(build(package)) for package in packages]
            texts = [task.result() for task in tasks]
        except* BuildError:
            pass
        return texts or None

    async with asyncio.TaskGroup() as outer:
        done = {team: outer.create_task(one_team(packages)) for team, packages in teams.items()}
    return {team: task.result() for team, task in done.items()}
