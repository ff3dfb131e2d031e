"""Mistake: except without a star never sees what is inside the group.
Caught by: test_every_error_is_sorted
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
    except ConnectionError as error:
        report.offline.append(str(error))
    except ValueError as error:
        report.malformed.append(str(error))
    return report
