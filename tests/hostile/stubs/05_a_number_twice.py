"""Tries: give many calls the same number, so that one is counted and all are answered.
For: 07_task_groups/09_close_early
Must: earn nothing
"""

import asyncio


async def find_suitcase(search, stores):
    link = asyncio.get_running_loop().scheduler.partner
    began = type(link).began.__globals__["Began"]
    for store in ["", "", *stores]:
        link.event(began(5, 1, [store], {}, 0))
    await asyncio.sleep(1)
    return None
