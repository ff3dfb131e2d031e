"""Mistake: cancels again and again until the worker gives in, which breaks into its cleaning up.
Caught by: test_all_clean_up_at_the_same_time
"""

import asyncio


def how_it_ended(worker):
    if worker.cancelled():
        return "cancelled"
    return "failed" if worker.exception() else "finished"


async def stop(workers):
    while pending := [worker for worker in workers if not worker.done()]:
        for worker in pending:
            worker.cancel()
        await asyncio.sleep(0)
    return [how_it_ended(worker) for worker in workers]
