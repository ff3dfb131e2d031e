"""Right: the tasks are cancelled one by one, then awaited one by one."""

import asyncio


async def release(copy, servers):
    tasks = [asyncio.ensure_future(copy(server)) for server in servers]
    if not tasks:
        return []
    done, pending = await asyncio.wait(tasks, return_when="FIRST_EXCEPTION")
    [task.cancel() for task in pending]
    for task in pending:
        try:
            await task
        except asyncio.CancelledError:
            pass
    failed = [task for task in tasks if task in done and task.exception()]
    return await failed[0] if failed else [await task for task in tasks]
