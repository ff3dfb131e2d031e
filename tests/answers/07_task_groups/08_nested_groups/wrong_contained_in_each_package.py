"""Mistake: each package catches its own error, so the rest of the team builds on for nothing.
Caught by: test_the_rest_of_a_failed_team_is_stopped
"""

import asyncio


class BuildError(Exception):
    pass


async def build_all(build, teams):
    async def one(package):
        try:
            return await build(package)
        except BuildError:
            return None

    async with asyncio.TaskGroup() as group:
        tasks = {t: [group.create_task(one(p)) for p in packages] for t, packages in teams.items()}
    texts = {team: [task.result() for task in of_team] for team, of_team in tasks.items()}
    return {team: None if None in of_team else of_team for team, of_team in texts.items()}
