"""Mistake: one flat group for all: a failure in one team stops the other teams too.
Caught by: test_the_other_teams_carry_on
"""

import asyncio


class BuildError(Exception):
    pass


async def build_all(build, teams):
    tasks = {}
    try:
        async with asyncio.TaskGroup() as group:
            for team, packages in teams.items():
                tasks[team] = [group.create_task(build(package)) for package in packages]
    except* BuildError:
        pass

    def texts(of_team):
        if any(task.cancelled() or task.exception() for task in of_team):
            return None
        return [task.result() for task in of_team]

    return {team: texts(of_team) for team, of_team in tasks.items()}
