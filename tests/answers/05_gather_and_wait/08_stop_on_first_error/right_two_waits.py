"""Right: a second wait joins the cancelled tasks, and the error is looked for among the done ones."""

import asyncio


async def release(copy, servers):
    if not servers:
        return []
    tasks = {server: asyncio.create_task(copy(server)) for server in servers}
    done, pending = await asyncio.wait(tasks.values(), return_when=asyncio.FIRST_EXCEPTION)
    for task in pending:
        task.cancel()
    if pending:
        await asyncio.wait(pending)
    for task in done:
        if (error := task.exception()) is not None:
            raise error
    return [tasks[server].result() for server in servers]
