"""Mistake: waits for ten seconds at most, and calls whoever is still busy cancelled.
Caught by: test_every_worker_has_ended
"""

import asyncio


async def stop(workers):
    for worker in workers:
        worker.cancel()
    if workers:
        await asyncio.wait(workers, timeout=10)
    return [
        "cancelled" if not worker.done() or worker.cancelled() else "failed" if worker.exception() else "finished"
        for worker in workers
    ]
