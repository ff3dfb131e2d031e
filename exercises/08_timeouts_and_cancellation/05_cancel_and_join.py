"""Cancel and join.

A mail server shuts down. Its workers are tasks that run for ever, and each needs a moment to save its queue.
The server must not close the database before the last worker has really ended.

Task:
    Write the coroutine function `stop(workers)`. `workers` is a list of different tasks.
    - It cancels all workers at once, each only once (a second time would break into the saving), and waits
      until all have ended.
    - It returns a list with one word for each worker, in their order: "cancelled" if it ended by a
      cancellation, "failed" if it raised an error, "finished" if it returned. Some may have ended before.
    - No worker's error or cancellation leaves `stop`. But if `stop` itself is cancelled, it ends as cancelled.

Example:
    With two workers that run for ever and one that is done, the result is
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
