"""Mistake: except ValueError never sees an exception group.
Caught by: test_every_problem_is_reported
"""

import asyncio
from dataclasses import dataclass


@dataclass
class Report:
    loaded: dict
    problems: list


async def import_files(load, names):
    tasks, problems = {}, []
    try:
        async with asyncio.TaskGroup() as group:
            for name in names:
                tasks[name] = group.create_task(load(name))
    except ValueError as error:
        problems = [str(error)]
    loaded = {n: t.result() for n, t in tasks.items() if not t.cancelled() and not t.exception()}
    return Report(loaded, problems)
