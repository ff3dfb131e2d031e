"""Done callbacks.

A photo service develops each film in a task of its own. A display counts how many are done, failed and
cancelled.

Task:
    Write the ordinary function `watch(tasks, show)`, which returns at once.
    Each time one of `tasks` ends, call `show(done, failed, cancelled)` at that moment, with the numbers of
    tasks that have by then returned, raised an error, or ended by a cancellation. With each call one number
    goes up by one. Tasks that had ended before `watch` count too. Every `watch` counts from 0.

Example:
    One task returns after 1 second, another is cancelled after 2. Then `show(1, 0, 0)` is called after 1
    second and `show(1, 0, 1)` after 2.

New here:
    `task.add_done_callback(function)` lets the event loop call `function(task)`, an ordinary function, when
    the task has ended, or at the next turn if it has ended before. What the function raises is only logged.

Leave the name, the arguments and `main` as they are.
"""

import asyncio
from collections.abc import Callable
from typing import Any


def watch(tasks: list[asyncio.Task[Any]], show: Callable[[int, int, int], None]) -> None:
    pass  # your code


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
