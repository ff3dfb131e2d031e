"""Mistake: every task is asked for its result, also those that were cancelled or failed.
Caught by: test_what_worked_is_kept
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
    return Report({name: task.result() for name, task in tasks.items()}, problems)
