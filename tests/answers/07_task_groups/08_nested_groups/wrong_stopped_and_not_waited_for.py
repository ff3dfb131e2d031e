"""Mistake: the stopped packages of a failed team are not waited for.
Caught by: test_the_rest_of_a_failed_team_is_stopped
"""

import asyncio


class BuildError(Exception):
    pass


async def build_all(build, teams):
    async def team(ps):
        if not ps:
            return []
        tasks = [asyncio.create_task(build(p)) for p in ps]
        try:
            done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        except asyncio.CancelledError:
            for t in tasks:
                t.cancel()
            await asyncio.wait(tasks)
            raise
        for t in pending:
            t.cancel()
        errors = [t.exception() for t in done if t.exception()]
        others = [e for e in errors if not isinstance(e, BuildError)]
        if others:
            raise ExceptionGroup("team", others)
        return None if errors else [t.result() for t in tasks]

    async with asyncio.TaskGroup() as g:
        jobs = {t: g.create_task(team(ps)) for t, ps in teams.items()}
    return {t: j.result() for t, j in jobs.items()}
