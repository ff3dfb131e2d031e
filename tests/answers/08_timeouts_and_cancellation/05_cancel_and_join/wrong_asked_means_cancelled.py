"""Mistake: whoever was asked to stop is called cancelled, whatever really happened.
Caught by: test_it_tells_how_each_worker_ended
"""

import asyncio


async def stop(workers):
    for worker in workers:
        worker.cancel()
    if workers:
        await asyncio.wait(workers)
    return ["cancelled"] * len(workers)
