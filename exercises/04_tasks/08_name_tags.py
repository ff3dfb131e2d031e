"""Name tags.

At a hotline every call is a task, and on the wall hangs a list of the calls that run. "Task-17" helps nobody
there: a call should be listed with the caller's name, and with what it is about, as soon as that is known.

Task:
    Write the three methods of `Monitor`. All of them are ordinary functions that return at once.
    - `start(name, work)` makes a task of the coroutine object `work`, gives it the name `name`, and returns
      it.
    - `tag(text)` is called by code that runs in a task, and puts a tag on this very task. A later tag takes
      the place of an earlier one. The task keeps its name.
    - `running()` returns a list of texts, sorted, one for each task of the event loop that has not ended,
      begun or not: its name, or "<name>: <tag>" if it has a tag.
      All tasks are listed, also those that were not made by `start`. Names need not be different: two tasks
      of the same name are two entries, each with its own tag.
      The task that calls `running` is not listed, whatever its name is.
    - A task that is started by a tagged task has no tag until it gets its own.
    - The hotline runs for years. When a task has ended and nobody else refers to it, nothing in the
      monitor refers to it or to its tag.

Example:
    A task of the name "wall" calls `running()` while two calls run, "Ada" with the tag "invoice" and "Bob"
    without one. The result is ["Ada: invoice", "Bob"].

New here:
    `asyncio.create_task(work, name="Ada")` names a task, and `task.get_name()` gives its name.
    `asyncio.current_task()` gives the task that is running, `asyncio.all_tasks()` a new set with all tasks of
    the event loop that have not ended, `asyncio.current_task()` among them.
    A `weakref.WeakKeyDictionary()` is a dict that does not keep its keys alive: when nobody else refers to a
    key, the entry disappears.

Leave `main` and the names and arguments of `Monitor` and its methods as they are. Attributes and an
`__init__` without arguments are yours.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any


class Monitor:
    def start(self, name: str, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        pass  # your code

    def tag(self, text: str) -> None:
        pass  # your code

    def running(self) -> list[str]:
        pass  # your code


async def main() -> None:
    monitor = Monitor()

    async def call(topic: str) -> None:
        await asyncio.sleep(0.3)
        monitor.tag(topic)
        await asyncio.sleep(len(topic) / 10)

    calls = [monitor.start(name, call(topic)) for name, topic in (("Ada", "invoice"), ("Bob", "lamp"))]
    for _ in range(5):
        print(monitor.running())
        await asyncio.sleep(0.25)
    print("still open:", [task.get_name() for task in calls if task and not task.done()])


if __name__ == "__main__":
    asyncio.run(main())
