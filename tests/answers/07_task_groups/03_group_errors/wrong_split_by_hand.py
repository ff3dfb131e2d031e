"""Mistake: the group is caught whole and split by hand, without except*.
Caught by: test_except_star_takes_the_errors_out
"""

import asyncio
from dataclasses import dataclass


@dataclass
class Report:
    loaded: dict
    problems: list


async def import_files(load, names):
    tasks = {}
    problems = []
    try:
        async with asyncio.TaskGroup() as group:
            for name in names:
                tasks[name] = group.create_task(load(name), name=name)
    except ExceptionGroup as failed:
        ours, others = failed.split(ValueError)
        if others is not None:
            raise others
        problems += [str(error) for error in ours.exceptions]
    loaded = {}
    for name, task in tasks.items():
        if task.cancelled() or task.exception() is not None:
            continue
        loaded[name] = task.result()
    return Report(loaded, problems)
