"""Name tags.

At a hotline every call is a task. A list on the wall shows the calls with their tags.

Task:
    Write the methods of `Monitor`. There is only one monitor.
    - `start(name, work)` makes a task of the coroutine object `work`, names it `name`, and returns it.
    - `tag(text)` puts a tag on the running task, in place of an earlier one. The task keeps its name. No tag is
      empty.
    - `running()` lists every unfinished task of the event loop, except the one that asks: as "<name>" or
      "<name>: <tag>", sorted.
    Keep neither finished tasks nor their tags.

Example:
    If "Ada" has the tag "invoice" and "Bob" none, `running()` gives ["Ada: invoice", "Bob"].

New here:
    `asyncio.create_task(work, name="Ada")` names a task, `task.get_name()` gives its name.
    `asyncio.current_task()` is the running task, `asyncio.all_tasks()` a set of all unfinished ones.
    `weakref.WeakKeyDictionary()` is a dict that keeps no key alive.

Leave `main`, and the names and arguments of methods, as they are.
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
