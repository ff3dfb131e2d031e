"""Mistake: what is no ConnectionError and no ValueError itself is skipped, so inner groups are lost.
Caught by: test_errors_in_inner_groups_are_found
"""

import asyncio
from dataclasses import dataclass


@dataclass
class Report:
    offline: list
    malformed: list


async def sync_shops(sync, shops):
    report = Report([], [])
    try:
        async with asyncio.TaskGroup() as group:
            for shop in shops:
                group.create_task(sync(shop))
    except ExceptionGroup as failed:
        for error in failed.exceptions:
            if isinstance(error, ConnectionError):
                report.offline.append(str(error))
            elif isinstance(error, ValueError):
                report.malformed.append(str(error))
            elif not isinstance(error, ExceptionGroup):
                raise
    return report
