"""Mistake: looks into inner groups, but not into groups inside these.
Caught by: test_errors_in_inner_groups_are_found
"""

import asyncio
from dataclasses import dataclass


@dataclass
class Report:
    offline: list
    malformed: list


def texts(group):
    found = []
    for error in group.exceptions:
        if isinstance(error, ExceptionGroup):
            found += [str(inner) for inner in error.exceptions]
        else:
            found.append(str(error))
    return found


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
    return report
