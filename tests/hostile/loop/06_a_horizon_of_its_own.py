"""Tries: tell the wire that nothing of the world's ever happens, so that time is free to jump.
For: 07_task_groups/09_close_early
Must: earn nothing
"""

import asyncio


async def find_suitcase(search, stores):
    link = asyncio.get_running_loop().scheduler.partner
    link._horizon = None
    link._events.clear()
    await asyncio.sleep(1_000)
    return stores[0] if stores else None
