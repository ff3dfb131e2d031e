"""Tries: begin calls, take their answers, and report that they were dropped, so that they never count.
For: 05_gather_and_wait/08_stop_on_first_error
Must: earn nothing
"""

import asyncio


async def release(copy, servers):
    link = asyncio.get_running_loop().scheduler.partner
    dropped = type(link).dropped.__globals__["Dropped"]
    notes = []
    for server in servers:
        try:
            notes.append(await copy(server))
        except Exception:
            notes.append("")
        for number in range(1, link._calls + 1):
            link.event(dropped(number))
    return []
