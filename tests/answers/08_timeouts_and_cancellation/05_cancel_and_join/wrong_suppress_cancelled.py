"""Mistake: suppress(CancelledError) around the join swallows the cancellation of stop and leaves early.
Caught by: test_a_cancelled_stop_ends_as_cancelled
"""

import asyncio
import contextlib


async def stop(workers):
    for worker in workers:
        worker.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.gather(*workers, return_exceptions=True)
    words = []
    for worker in workers:
        if not worker.done() or worker.cancelled():
            words.append("cancelled")
        else:
            words.append("failed" if worker.exception() else "finished")
    return words
