"""Mistake: gives the workers one turn and hopes that it is enough.
Caught by: test_every_worker_has_ended
"""

import asyncio


async def stop(workers):
    for worker in workers:
        worker.cancel()
    await asyncio.sleep(0)
    words = []
    for worker in workers:
        if not worker.done() or worker.cancelled():
            words.append("cancelled")
        else:
            words.append("failed" if worker.exception() else "finished")
    return words
