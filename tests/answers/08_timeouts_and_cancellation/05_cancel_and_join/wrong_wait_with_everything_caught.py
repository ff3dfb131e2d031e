"""Mistake: the wait stands in a try that catches everything, the cancellation of stop included.
Caught by: test_a_cancelled_stop_ends_as_cancelled
"""

import asyncio


def how_it_ended(worker):
    if worker.cancelled():
        return "cancelled"
    return "failed" if worker.exception() else "finished"


async def stop(workers):
    for worker in workers:
        worker.cancel()
    while not all(worker.done() for worker in workers):
        try:
            await asyncio.wait(workers)
        except BaseException:
            pass
    return [how_it_ended(worker) for worker in workers]
