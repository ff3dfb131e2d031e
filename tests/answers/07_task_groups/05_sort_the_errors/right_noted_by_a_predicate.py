"""Right: subgroup with a predicate that notes what it is shown.
"""

import asyncio
from dataclasses import dataclass


@dataclass
class Report:
    offline: list
    malformed: list


async def sync_shops(sync, shops):
    report = Report([], [])

    def unknown(error):
        if isinstance(error, BaseExceptionGroup):
            return False
        if isinstance(error, ConnectionError):
            report.offline.append(str(error))
        elif isinstance(error, ValueError):
            report.malformed.append(str(error))
        else:
            return True
        return False

    try:
        async with asyncio.TaskGroup() as group:
            for shop in shops:
                group.create_task(sync(shop))
    except BaseExceptionGroup as failed:
        rest = failed.subgroup(unknown)
        if rest:
            raise rest from None
    return report
