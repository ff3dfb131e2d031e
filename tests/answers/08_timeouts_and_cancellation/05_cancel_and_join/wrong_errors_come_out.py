"""Mistake: gather without return_exceptions lets a worker's error out.
Caught by: test_a_failing_worker_is_no_obstacle
"""

import asyncio


def how_it_ended(worker):
    if worker.cancelled():
        return "cancelled"
    return "failed" if worker.exception() else "finished"


async def stop(workers):
    for worker in workers:
        worker.cancel()
    try:
        await asyncio.gather(*workers)
    except asyncio.CancelledError:
        if asyncio.current_task().cancelling():
            raise
        await asyncio.wait(workers)
    return [how_it_ended(worker) for worker in workers]
