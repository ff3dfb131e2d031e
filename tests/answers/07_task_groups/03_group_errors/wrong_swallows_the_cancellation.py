"""Mistake: except* BaseException for the rest swallows the cancellation of the caller.
Caught by: test_only_value_errors_are_kept_back
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
    except* asyncio.CancelledError:
        pass
    loaded = {n: t.result() for n, t in tasks.items() if not t.cancelled() and not t.exception()}
    return Report(loaded, problems)
