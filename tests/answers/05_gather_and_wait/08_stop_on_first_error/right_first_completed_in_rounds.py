"""Right: each round takes the next one that has ended; the error goes up by itself."""

from asyncio import FIRST_COMPLETED, create_task, gather, wait


async def release(copy, servers):
    tasks = [create_task(copy(server)) for server in servers]
    pending = set(tasks)
    try:
        while pending:
            done, pending = await wait(pending, return_when=FIRST_COMPLETED)
            for task in done:
                await task
    finally:
        for task in pending:
            task.cancel()
        await gather(*pending, return_exceptions=True)
    return [task.result() for task in tasks]
