"""Right: as_completed brings the next to end; finally stops whatever is left."""

import asyncio


class AllFailed(Exception):
    pass


async def fastest(fetch, mirrors):
    tasks = [asyncio.create_task(fetch(mirror)) for mirror in mirrors]
    try:
        for following in asyncio.as_completed(tasks):
            try:
                return await following
            except Exception:
                continue
        raise AllFailed
    finally:
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
