"""Right: gather collects errors and cancellations as results."""

import asyncio


async def stop(workers):
    for worker in workers:
        worker.cancel()
    words = []
    for result in await asyncio.gather(*workers, return_exceptions=True):
        if isinstance(result, asyncio.CancelledError):
            words.append("cancelled")
        elif isinstance(result, BaseException):
            words.append("failed")
        else:
            words.append("finished")
    return words
