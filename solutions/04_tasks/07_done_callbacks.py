"""Done callbacks.

Why: a callback is an ordinary function that is handed the task, and by then the task can be asked how it
ended. `cancelled()` comes first: the other questions raise for a cancelled task, and what a callback raises
is only logged, so a counter would just stay behind. Counting up by one in each call, instead of asking all
tasks again, is right also when several have ended by the time the first callback runs.
"""

import asyncio
from collections.abc import Callable
from typing import Any


def watch(tasks: list[asyncio.Task[Any]], show: Callable[[int, int, int], None]) -> None:
    done = failed = cancelled = 0

    def count(task: asyncio.Task[Any]) -> None:
        nonlocal done, failed, cancelled
        if task.cancelled():
            cancelled += 1
        elif task.exception() is not None:
            failed += 1
        else:
            done += 1
        show(done, failed, cancelled)

    for task in tasks:
        task.add_done_callback(count)


async def main() -> None:
    async def develop(film: int) -> None:
        await asyncio.sleep(0.3 * film)
        if film == 2:
            raise OSError("the film is torn")

    def show(done: int, failed: int, cancelled: int) -> None:
        print(f"done {done}  failed {failed}  cancelled {cancelled}")

    tasks = [asyncio.create_task(develop(film)) for film in (1, 2, 3, 4)]
    watch(tasks, show)
    await asyncio.sleep(0.7)
    tasks[3].cancel()
    await asyncio.wait(tasks)
    await asyncio.sleep(0)


if __name__ == "__main__":
    asyncio.run(main())
