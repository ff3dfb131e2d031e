"""Right: awaited one by one, and a cancellation of our own is told apart and passed on."""

import asyncio


async def stop(workers):
    for worker in workers:
        worker.cancel()
    words = []
    for worker in workers:
        try:
            await worker
        except asyncio.CancelledError:
            if asyncio.current_task().cancelling():
                raise
            words.append("cancelled")
        except Exception:
            words.append("failed")
        else:
            words.append("finished")
    return words
