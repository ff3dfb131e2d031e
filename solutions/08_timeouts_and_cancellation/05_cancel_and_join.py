"""Cancel and join.

Why: `cancel()` is a request, so first all are asked and then all are awaited; the cleaning up overlaps.
`asyncio.wait` never raises what the tasks raised, so the only CancelledError that can come out of it is
our own, and that passes. Afterwards each task is asked how it ended, which also retrieves its error.
"""

import asyncio
from typing import Any


async def stop(workers: list[asyncio.Task[Any]]) -> list[str]:
    for worker in workers:
        worker.cancel()
    if workers:
        await asyncio.wait(workers)
    return [how_it_ended(worker) for worker in workers]


def how_it_ended(worker: asyncio.Task[Any]) -> str:
    if worker.cancelled():
        return "cancelled"
    return "failed" if worker.exception() else "finished"


async def main() -> None:
    async def work(name: str, seconds: float) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(seconds)
            print(f"{name}: queue is saved")

    workers = [asyncio.create_task(work("inbox", 1)), asyncio.create_task(work("outbox", 0.5))]
    await asyncio.sleep(0.1)
    print(await stop(workers))
    print("the database is closed")


if __name__ == "__main__":
    asyncio.run(main())
