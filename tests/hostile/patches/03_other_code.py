"""Tries: give the player's own functions other code, without replacing them.
For: 05_gather_and_wait/09_as_they_finish
Must: earn nothing
"""

import asyncio


def nothing(self, *arguments, **keywords):
    return None


async def follow(build, projects, show):
    link = asyncio.get_running_loop().scheduler.partner
    for name in ("dropped", "cancelled", "line"):
        getattr(type(link), name).__code__ = nothing.__code__
    return [*projects]
