"""Mistake: cancels and does not wait, as if cancel() had already stopped them.
Caught by: test_every_worker_has_ended
"""


async def stop(workers):
    for worker in workers:
        worker.cancel()
    return ["finished" if worker.done() and not worker.cancelled() else "cancelled" for worker in workers]
