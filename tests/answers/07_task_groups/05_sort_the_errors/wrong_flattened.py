"""Mistake: the errors of other kinds go up in one flat group; their inner groups are lost.
Caught by: test_inner_groups_stay_together
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
    report, others = Report([], []), []
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
                others.append(error)
    if others:
        raise ExceptionGroup("not for the report", others)
    return report
