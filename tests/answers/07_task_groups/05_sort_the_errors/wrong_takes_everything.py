"""Mistake: a last clause for every Exception swallows errors of other kinds.
Caught by: test_other_errors_go_on_up
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
        report.offline = texts(failed)
    except* ValueError as failed:
        report.malformed = texts(failed)
    except* Exception:
        print("something else went wrong")
    return report
