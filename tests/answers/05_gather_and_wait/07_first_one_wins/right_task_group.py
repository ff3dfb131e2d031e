"""Right: the winner leaves a task group with an exception of its own, and the group stops the others."""

import asyncio


class AllFailed(Exception):
    pass


class Won(Exception):
    pass


async def fastest(fetch, mirrors):
    async def run(mirror):
        try:
            file = await fetch(mirror)
        except Exception:
            return
        raise Won(file)

    files = []
    try:
        async with asyncio.TaskGroup() as group:
            for mirror in mirrors:
                group.create_task(run(mirror))
    except* Won as winners:
        files = [winner.args[0] for winner in winners.exceptions]
    if not files:
        raise AllFailed("no mirror has the file")
    return files[0]
