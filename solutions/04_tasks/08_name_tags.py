"""Name tags.

Why: the event loop knows which tasks there are and which one is running, so the monitor need not keep a list
of its own. Only the tags have to be kept, by task and not by name, because two calls may have the same name;
and weakly, or the monitor would keep every call alive that was ever tagged. The one who asks is told apart by
being the same object as `current_task()`, not by its name.
"""

import asyncio
import weakref
from collections.abc import Coroutine
from typing import Any


class Monitor:
    def __init__(self) -> None:
        self.tags: weakref.WeakKeyDictionary[asyncio.Task[Any], str] = weakref.WeakKeyDictionary()

    def start(self, name: str, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        return asyncio.create_task(work, name=name)

    def tag(self, text: str) -> None:
        self.tags[asyncio.current_task()] = text

    def running(self) -> list[str]:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        return sorted(self._entry(task) for task in others)

    def _entry(self, task: asyncio.Task[Any]) -> str:
        tag = self.tags.get(task)
        return task.get_name() if tag is None else f"{task.get_name()}: {tag}"


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
