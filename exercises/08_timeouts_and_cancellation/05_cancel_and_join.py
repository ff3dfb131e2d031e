"""Cancel and join.

A mail server shuts down. Its workers are tasks that run for ever; each needs a moment to save its queue when
it is told to stop. `cancel()` only asks: it returns at once, while the worker is still at work. The server
must not close the database before the last worker has really ended.

Task:
    Write the coroutine function `stop(workers)`. `workers` is a list of tasks.
    - It cancels all workers at once, so that their cleaning up overlaps, and waits until every one has ended,
      however long that takes. Unless `stop` is itself cancelled, a worker is cancelled once only: a second
      time would break into its cleaning up.
    - It returns a list with one word for each worker, in the order of `workers`:
      "cancelled" if the worker ended by the cancellation, "failed" if it raised an error, "finished" if it
      returned. Workers that had ended before count in the same way. No workers give an empty list.
    - No worker's error or cancellation leaves `stop`, and no worker keeps another one from being stopped.
    - If the task that runs `stop` is itself cancelled while it waits, it ends as cancelled: that
      CancelledError is meant for `stop` and must leave it.

Example:
    With two workers that run for ever and one that is done, `await stop(workers)` gives
    ["cancelled", "cancelled", "finished"].

Leave the name, the argument and `main` as they are.
"""

import asyncio
from typing import Any


async def stop(workers: list[asyncio.Task[Any]]) -> list[str]:
    pass  # your code


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
