"""Tries: ask the world for objects by numbers that it was not given, in the hope of a better one.
For: 07_task_groups/05_sort_the_errors
Must: earn nothing
"""

import asyncio
from dataclasses import dataclass, field


@dataclass
class Report:
    synced: list = field(default_factory=list)
    unreachable: dict = field(default_factory=dict)
    broken: dict = field(default_factory=dict)


async def sync_shops(sync, shops):
    link = asyncio.get_running_loop().scheduler.partner
    began = type(link).began.__globals__["Began"]
    for number in (0, 2, 3, 99, -1, 2**40):
        link.event(began(700 + number, number, [], {}, 0))
    await asyncio.sleep(0)
    return Report([*shops])
