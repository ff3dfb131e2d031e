"""Tries: take a task that it leaves behind out of the loop's registry, so that nobody sees it.
For: 08_timeouts_and_cancellation/05_cancel_and_join
Must: earn nothing
"""

import asyncio


async def stop(workers):
    task = asyncio.ensure_future(asyncio.sleep(1_000))
    asyncio.tasks._unregister_task(task)
    getattr(asyncio.tasks, "_all_tasks", set()).discard(task)
    return []
