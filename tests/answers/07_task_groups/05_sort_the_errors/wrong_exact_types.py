"""Mistake: asks for the exact class, so a ConnectionResetError is taken for an unknown error.
Caught by: test_every_error_is_sorted
"""

import asyncio
from dataclasses import dataclass


@dataclass
class Report:
    offline: list
    malformed: list


def sort(error, report):
    if isinstance(error, ExceptionGroup):
        rest = [left for inner in error.exceptions if (left := sort(inner, report)) is not None]
        return error.derive(rest) if rest else None
    if type(error) is ConnectionError:
        report.offline.append(str(error))
    elif type(error) is ValueError:
        report.malformed.append(str(error))
    else:
        return error


async def sync_shops(sync, shops):
    report = Report([], [])
    try:
        async with asyncio.TaskGroup() as group:
            for shop in shops:
                group.create_task(sync(shop))
    except ExceptionGroup as failed:
        rest = sort(failed, report)
        if rest is not None:
            raise rest
    return report
