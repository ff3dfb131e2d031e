"""Mistake: an error of another kind is raised by itself, without its exception group.
Caught by: test_only_value_errors_are_kept_back
"""

import asyncio
from dataclasses import dataclass


@dataclass
class Report:
    loaded: dict[str, str]
    problems: list[str]


async def import_files(load, names):
    tasks, problems = {}, []
    try:
        async with asyncio.TaskGroup() as group:
            for name in names:
                tasks[name] = group.create_task(load(name))
    except ExceptionGroup as failed:
        problems = [str(e) for e in failed.exceptions if isinstance(e, ValueError)]
        rest = [e for e in failed.exceptions if not isinstance(e, ValueError)]
        if rest:
            raise rest[0]
    return Report(
        {n: t.result() for n, t in tasks.items() if not t.cancelled() and not t.exception()}, problems
    )
