"""Fire and forget.

A text editor saves drafts in the background, since nobody who types wants to wait for a server. On the
developer's machine it worked. In production drafts vanish now and then, errors are seen by nobody, and what
was typed just before the editor was closed is missing.

Task:
    Repair the class `Saver`. `store` is a coroutine function: `await store(draft)` brings a draft to the
    server. `report` is an ordinary function that takes a draft and an exception object.
    - `save(draft)` stays an ordinary function that returns at once. `store(draft)` runs once for each save, in
      the background, and no save waits for another one. Two saves may have equal drafts.
    - No save vanishes. The event loop itself refers to tasks only weakly: one that nobody else refers to may
      be thrown away by the garbage collector in the middle of its work. So the saver refers to every save
      until it has ended.
    - The editor runs for months. A save that has ended is forgotten: nothing in the saver refers to its task.
    - If `store` raises, `report(draft, error)` is called with that draft and that exception object, once and
      right then, not only at the end. Other saves go on, and no error leaves `save` or `close`.
    - `await close()` returns as soon as every save has ended, however long that takes, and every error is
      reported; at once if there is nothing to wait for. Once `close` has been called, nobody calls `save` any
      more.

Example:
    Two drafts are saved at the same moment; one takes 2 seconds, the other fails after 1 second. `report` is
    called after 1 second, and `await close()` returns after 2.

New here:
    `task.add_done_callback(function)` lets the event loop call `function(task)` when the task has ended.

Leave `main` and the names and arguments of `Saver` and its methods as they are. Attributes and further
methods are yours.
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
