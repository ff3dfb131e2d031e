"""Mistake: an error of another kind is put aside and stops nothing.
Caught by: test_only_value_errors_are_kept_back
"""

import asyncio
from dataclasses import dataclass


@dataclass
class Report:
    loaded: dict[str, str]
    problems: list[str]


async def import_files(load, names):
    others, problems, loaded = [], [], {}

    async def one(n):
        try:
            loaded[n] = await load(n)
        except ValueError:
            raise
        except Exception as e:
            others.append(e)

    try:
        async with asyncio.TaskGroup() as group:
            for n in names:
                group.create_task(one(n))
    except* ValueError as failed:
        problems += map(str, failed.exceptions)
    if others:
        raise ExceptionGroup("others", others)
    return Report(loaded, problems)
