"""Mistake: files that were stopped are reported as problems.
Caught by: test_the_first_failure_stops_the_rest
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
    except* ValueError as failed:
        problems = [str(error) for error in failed.exceptions]
        problems += [f"{name} was stopped" for name, task in tasks.items() if task.cancelled()]
    loaded = {n: t.result() for n, t in tasks.items() if not t.cancelled() and not t.exception()}
    return Report(loaded, problems)
