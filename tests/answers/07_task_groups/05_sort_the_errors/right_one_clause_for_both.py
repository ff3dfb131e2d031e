"""Right: one clause for both kinds, sorted while walking down with a generator.
"""

import asyncio
from dataclasses import dataclass


@dataclass
class Report:
    offline: list
    malformed: list


def single(group):
    for error in group.exceptions:
        if isinstance(error, ExceptionGroup):
            yield from single(error)
        else:
            yield error


async def sync_shops(sync, shops):
    report = Report([], [])
    try:
        async with asyncio.TaskGroup() as tg:
            [tg.create_task(sync(shop), name=shop) for shop in shops]
    except* (ConnectionError, ValueError) as failed:
        for error in single(failed):
            kind = report.offline if isinstance(error, ConnectionError) else report.malformed
            kind.append(str(error))
    return report
