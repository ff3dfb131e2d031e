"""Fire and forget.

A text editor saves drafts in the background. But some vanish, their errors are lost, and closing loses the
last ones.

Task:
    Repair the class `Saver`. `await store(draft)` brings a draft to the server.
    - `save(draft)` returns at once; `store(draft)` runs in the background. No save waits for another.
    - The event loop refers to tasks only weakly, so a task may vanish in the middle of its work. Refer to each
      task until it has ended, and no longer.
    - If `store` raises, call `report(draft, error)` right then.
    - `await close()` returns as soon as every save has ended. Nobody saves after that, or cancels `close`.

Example:
    One save takes 2 seconds, another fails after 1. `report` is called after 1 second, `close` ends after 2.

New here:
    `task.add_done_callback(function)` lets the event loop call `function(task)` when the task has ended.

Leave `main` and the names and arguments of `Saver` and its methods as they are.
"""

import asyncio
from collections.abc import Awaitable, Callable


class Saver:
    def __init__(
        self, store: Callable[[str], Awaitable[None]], report: Callable[[str, BaseException], None]
    ) -> None:
        self.store = store
        self.report = report

    def save(self, draft: str) -> None:
        asyncio.create_task(self.store(draft))

    async def close(self) -> None:
        pass


async def main() -> None:
    async def store(draft: str) -> None:
        await asyncio.sleep(0.2 * len(draft))
        if len(draft) == 3:
            raise OSError("the server is full")
        print(f"stored: {draft}")

    def report(draft: str, error: BaseException) -> None:
        print(f"not stored: {draft} ({error})")

    saver = Saver(store, report)
    for draft in ("D", "De", "Dea", "Dear"):
        saver.save(draft)
    print("the editor is closing")
    await saver.close()
    print("the editor is closed")


if __name__ == "__main__":
    asyncio.run(main())
