"""Right: a small class for a team; the result is decided by looking at the tasks.
"""

import asyncio


class BuildError(Exception):
    pass


class Team:
    def __init__(self, build, packages):
        self.build, self.packages, self.tasks = build, packages, []

    async def run(self):
        try:
            async with asyncio.TaskGroup() as group:
                for package in self.packages:
                    self.tasks.append(group.create_task(self.build(package)))
        except* BuildError:
            pass

    def texts(self):
        if any(task.cancelled() or task.exception() for task in self.tasks):
            return None
        return [task.result() for task in self.tasks]


async def build_all(build, teams):
    crews = {team: Team(build, packages) for team, packages in teams.items()}
    async with asyncio.TaskGroup() as group:
        for crew in crews.values():
            group.create_task(crew.run())
    return {team: crew.texts() for team, crew in crews.items()}
