"""Mistake: only the first error of a kind is reported.
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
    except* ConnectionError as failed:
        report.offline = texts(failed)[:1]
    except* ValueError as failed:
        report.malformed = texts(failed)[:1]
    return report
