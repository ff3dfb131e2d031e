"""Mistake: the members of the group are taken for single errors, so an inner group is reported as one.
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
    except* ConnectionError as failed:
        report.offline = [str(error) for error in failed.exceptions]
    except* ValueError as failed:
        report.malformed = [str(error) for error in failed.exceptions]
    return report
