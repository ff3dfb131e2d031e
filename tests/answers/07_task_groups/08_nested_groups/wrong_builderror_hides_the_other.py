"""Mistake: an error of another kind is lost when it comes together with a BuildError.
Caught by: test_other_errors_stop_all_teams
"""

import asyncio


class BuildError(Exception):
    pass


async def build_all(build, teams):
    async def team(ps):
        try:
            async with asyncio.TaskGroup() as g:
                tasks = [g.create_task(build(p)) for p in ps]
        except ExceptionGroup as failed:
            if any(isinstance(e, BuildError) for e in failed.exceptions):
                return None
            raise
        return [t.result() for t in tasks]

    async with asyncio.TaskGroup() as g:
        jobs = {t: g.create_task(team(ps)) for t, ps in teams.items()}
    return {t: j.result() for t, j in jobs.items()}
