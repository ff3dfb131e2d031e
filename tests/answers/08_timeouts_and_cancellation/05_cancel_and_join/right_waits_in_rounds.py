"""Right: waits for whoever ends first until none is left."""

import asyncio


async def stop(workers):
    pending = set(workers)
    for worker in pending:
        worker.cancel("the server shuts down")
    while pending:
        _, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
    return [
        "cancelled" if worker.cancelled() else "finished" if worker.exception() is None else "failed"
        for worker in workers
    ]
