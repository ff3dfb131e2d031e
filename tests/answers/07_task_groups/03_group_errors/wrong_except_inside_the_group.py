"""Mistake: the error handling stands inside the block, where nothing has failed yet.
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
    async with asyncio.TaskGroup() as group:
        try:
            for name in names:
                tasks[name] = group.create_task(load(name))
        except* ValueError as failed:
            problems = [str(error) for error in failed.exceptions]
    loaded = {n: t.result() for n, t in tasks.items() if not t.cancelled() and not t.exception()}
    return Report(loaded, problems)
