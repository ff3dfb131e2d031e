"""Fire and forget.

Why: the set `saves` holds each task as long as it runs, so that the garbage collector cannot take it, and the
task's own callback takes it out again. Errors are caught around `store`, where draft and error are both at
hand; so the tasks themselves never fail. `close` waits for whatever the set holds at that moment.
"""

import asyncio
from collections.abc import Awaitable, Callable


class Saver:
    def __init__(
        self, store: Callable[[str], Awaitable[None]], report: Callable[[str, BaseException], None]
    ) -> None:
        self.store = store
        self.report = report
        self.saves: set[asyncio.Task[None]] = set()

    def save(self, draft: str) -> None:
        task = asyncio.create_task(self._store(draft))
        self.saves.add(task)
        task.add_done_callback(self.saves.discard)

    async def _store(self, draft: str) -> None:
        try:
            await self.store(draft)
        except Exception as error:
            self.report(draft, error)

    async def close(self) -> None:
        if self.saves:
            await asyncio.wait(self.saves)


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
