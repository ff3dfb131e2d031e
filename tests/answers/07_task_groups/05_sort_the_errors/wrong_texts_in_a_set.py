"""Mistake: the texts go through a set, so two errors with one text count once.
Caught by: test_every_error_is_sorted
"""

import asyncio
from dataclasses import dataclass


@dataclass
class Report:
    offline: list[str]
    malformed: list[str]


def leaves(error):
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from leaves(inner)
    else:
        yield error


async def sync_shops(sync, shops):
    report = Report([], [])
    try:
        async with asyncio.TaskGroup() as group:
            for shop in shops:
                group.create_task(sync(shop))
    except* ConnectionError as failed:
        report.offline += {str(e) for e in leaves(failed)}
    except* ValueError as failed:
        report.malformed += {str(e) for e in leaves(failed)}
    return report
