"""Done callbacks.

A photo service develops films, each in a task of its own. The shop window has a display with three counters:
done, failed, cancelled. It is driven by an ordinary function that knows nothing of tasks and wants to be
called each time something changes.

Task:
    Write the ordinary function `watch(tasks, show)`. `tasks` is a list of tasks, `show` an ordinary function
    of three numbers.
    - `watch` returns at once, while the tasks go on. Later, each time one of `tasks` ends, `show(done,
      failed, cancelled)` is called, at that moment, with the number of tasks that have by then returned,
      raised an error, or ended by a cancellation.
    - `show` is called once for each task: with every call one of the three numbers is higher by one. This
      holds also when several tasks end at the same moment.
    - A task that returned is done, whatever it returned, also if it was asked to cancel before.
    - Tasks that had ended before `watch` was called are counted too, in the same way, at once or at the event
      loop's next turn.
    - Every call of `watch` counts for itself, from 0.
    - The tasks end as they would without `watch`.

Example:
    Of two tasks one returns after 1 second and one is cancelled after 2. Then `show(1, 0, 0)` is called
    after 1 second and `show(1, 0, 1)` after 2.

New here:
    `task.add_done_callback(function)` lets the event loop call `function(task)`, an ordinary function, when
    the task has ended; if it has ended already, at the loop's next turn. What the function raises reaches
    none of your code: the loop only logs it. What it returns is thrown away.

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
