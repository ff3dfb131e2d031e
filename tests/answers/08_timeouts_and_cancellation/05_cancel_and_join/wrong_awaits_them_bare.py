"""Mistake: the cancelled workers are awaited bare, so the first CancelledError ends stop.
Caught by: test_every_worker_has_ended
"""


def how_it_ended(worker):
    if worker.cancelled():
        return "cancelled"
    return "failed" if worker.exception() else "finished"


async def stop(workers):
    for worker in workers:
        worker.cancel()
    for worker in workers:
        await worker
    return [how_it_ended(worker) for worker in workers]
