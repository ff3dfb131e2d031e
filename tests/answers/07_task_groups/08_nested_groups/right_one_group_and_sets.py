"""Right: one flat group; a package that fails cancels the other tasks of its team.
"""

import asyncio


class BuildError(Exception):
    pass


async def build_all(build, teams):
    results = {team: [None] * len(packages) for team, packages in teams.items()}
    members = {team: [] for team in teams}

    async def one(team, place, package):
        try:
            text = await build(package)
        except BuildError:
            if results[team] is not None:
                results[team] = None
                for task in members[team]:
                    if task is not asyncio.current_task():
                        task.cancel()
        else:
            if results[team] is not None:
                results[team][place] = text

    async with asyncio.TaskGroup() as group:
        for team, packages in teams.items():
            for place, package in enumerate(packages):
                members[team].append(group.create_task(one(team, place, package)))
    return results
