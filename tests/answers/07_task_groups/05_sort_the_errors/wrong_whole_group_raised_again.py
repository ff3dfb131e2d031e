"""Mistake: as soon as one error is of another kind, the whole group goes up, with the known ones in it.
Caught by: test_other_errors_go_on_up
"""

import asyncio
from dataclasses import dataclass


@dataclass
class Report:
    offline: list
    malformed: list


def leaves(error):
    if isinstance(error, ExceptionGroup):
        return [leaf for inner in error.exceptions for leaf in leaves(inner)]
    return [error]


async def sync_shops(sync, shops):
    report = Report([], [])
    try:
        async with asyncio.TaskGroup() as group:
            for shop in shops:
                group.create_task(sync(shop))
    except ExceptionGroup as failed:
        for error in leaves(failed):
            if isinstance(error, ConnectionError):
                report.offline.append(str(error))
            elif isinstance(error, ValueError):
                report.malformed.append(str(error))
            else:
                raise
    return report
