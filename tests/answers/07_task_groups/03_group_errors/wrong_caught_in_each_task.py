"""Mistake: each task catches its own error, so the group never stops the others.
Caught by: test_the_first_failure_stops_the_rest
"""

import asyncio
from dataclasses import dataclass


@dataclass
class Report:
    loaded: dict
    problems: list


async def import_files(load, names):
    report = Report({}, [])

    async def load_one(name):
        try:
            report.loaded[name] = await load(name)
        except ValueError as error:
            report.problems.append(str(error))

    async with asyncio.TaskGroup() as group:
        for name in names:
            group.create_task(load_one(name))
    return report
