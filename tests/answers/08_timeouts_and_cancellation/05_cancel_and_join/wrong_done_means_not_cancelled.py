"""Mistake: a worker that had ended before is asked for its error, which raises if it was cancelled.
Caught by: test_it_tells_how_each_worker_ended
"""

import asyncio


async def stop(workers):
    words = ["failed" if worker.done() and worker.exception() else "finished" for worker in workers]
    busy = [worker for worker in workers if not worker.done()]
    for worker in busy:
        worker.cancel()
    if busy:
        await asyncio.wait(busy)
    for place, worker in enumerate(workers):
        if worker in busy:
            words[place] = "cancelled" if worker.cancelled() else "failed" if worker.exception() else "finished"
    return words
