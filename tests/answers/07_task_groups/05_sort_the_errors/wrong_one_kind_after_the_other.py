"""Mistake: two try statements in a row: the second kind is never caught when both come at once.
Caught by: test_every_error_is_sorted
"""

import asyncio
from dataclasses import dataclass


@dataclass
class Report:
    offline: list
    malformed: list


def texts(error):
    if isinstance(error, BaseExceptionGroup):
        return [text for inner in error.exceptions for text in texts(inner)]
    return [str(error)]


async def sync_shops(sync, shops):
    report = Report([], [])
    try:
        async with asyncio.TaskGroup() as group:
            for shop in shops:
                group.create_task(sync(shop))
    except ExceptionGroup as failed:
        if failed.subgroup(ConnectionError):
            report.offline = texts(failed.subgroup(ConnectionError))
        elif failed.subgroup(ValueError):
            report.malformed = texts(failed.subgroup(ValueError))
        else:
            raise
    return report
