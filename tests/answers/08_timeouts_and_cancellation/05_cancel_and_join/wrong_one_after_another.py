"""Mistake: cancels a worker and joins it before the next one is asked.
Caught by: test_all_clean_up_at_the_same_time
"""

import asyncio


def how_it_ended(worker):
    if worker.cancelled():
        return "cancelled"
    return "failed" if worker.exception() else "finished"


async def stop(workers):
    for worker in workers:
        worker.cancel()
        await asyncio.wait([worker])
    return [how_it_ended(worker) for worker in workers]
