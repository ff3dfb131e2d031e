"""Right: the problems are read from the tasks, in the order of the names."""

import asyncio
from dataclasses import dataclass


@dataclass
class Report:
    loaded: dict
    problems: list


async def import_files(load, names):
    tasks = {}
    try:
        async with asyncio.TaskGroup() as group:
            tasks = {name: group.create_task(load(name)) for name in names}
    except* ValueError:
        pass
    ended = {name: task for name, task in tasks.items() if not task.cancelled()}
    problems = [str(task.exception()) for task in ended.values() if task.exception()]
    return Report({name: task.result() for name, task in ended.items() if not task.exception()}, problems)
