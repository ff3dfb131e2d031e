"""Mistake: every CancelledError is taken for the worker's, also the one that is meant for stop.
Caught by: test_a_cancelled_stop_ends_as_cancelled
"""

import asyncio


async def stop(workers):
    for worker in workers:
        worker.cancel()
    words = []
    for worker in workers:
        try:
            await worker
            words.append("finished")
        except asyncio.CancelledError:
            words.append("cancelled")
        except Exception:
            words.append("failed")
    return words
