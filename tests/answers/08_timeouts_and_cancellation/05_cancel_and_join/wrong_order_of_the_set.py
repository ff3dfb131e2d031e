"""Mistake: the words come in the order of the set that wait gives back.
Caught by: test_it_tells_how_each_worker_ended
"""

import asyncio


def how_it_ended(worker):
    if worker.cancelled():
        return "cancelled"
    return "failed" if worker.exception() else "finished"


async def stop(workers):
    for worker in workers:
        worker.cancel()
    done = set()
    if workers:
        done, _ = await asyncio.wait(workers)
    return [how_it_ended(worker) for worker in done]
