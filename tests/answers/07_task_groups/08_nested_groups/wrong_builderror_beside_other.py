"""Mistake: a BuildError leaves when another error comes at the same moment.
Caught by: test_other_errors_stop_all_teams
"""

import asyncio
from collections.abc import Awaitable, Callable


class BuildError(Exception):
    pass


async def build_all(build, teams):
    async def one(packages):
        try:
            async with asyncio.TaskGroup() as g:
                ts = [g.create_task(build(p)) for p in packages]
        except ExceptionGroup as e:
            if all(isinstance(x, BuildError) for x in e.exceptions):
                return None
            raise
        return [t.result() for t in ts]
    async with asyncio.TaskGroup() as g:
        ts = {team: g.create_task(one(ps)) for team, ps in teams.items()}
    return {team: t.result() for team, t in ts.items()}
