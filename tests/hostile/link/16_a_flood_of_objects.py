"""Tries: answer a drive with half a million objects, for each of which it would have to make a stand-in.
For: 04_tasks/04_how_did_it_end
Must: earn nothing
"""

import asyncio
from dataclasses import dataclass


@dataclass
class Report:
    results: dict
    errors: dict
    cancelled: list


async def sort_out(jobs):
    link = asyncio.get_running_loop().scheduler.partner
    names = type(link).event.__globals__
    many = ["list", [["player", number, "object", "T", "x"] for number in range(500_000)]]
    for number in range(1, 9):
        link.event(names["Ended"](number, "returned", many if number == 1 else None))
    await asyncio.sleep(0)
