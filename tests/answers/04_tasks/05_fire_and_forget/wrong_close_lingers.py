"""Mistake: close sleeps for a fixed time when every save has ended, and a report comes as late.
Caught by: test_saves_run_in_the_background
"""

import asyncio
from collections.abc import Awaitable, Callable
class Saver:
    def __init__(self, store, report) -> None:
        self.store = store
        self.report = report
        self.tasks = set()

    def save(self, draft):
        t = asyncio.create_task(self.one(draft))
        self.tasks.add(t)
        t.add_done_callback(self.tasks.discard)

    async def one(self, draft):
        try:
            await self.store(draft)
        except Exception as error:
            await asyncio.sleep(0.3)
            self.report(draft, error)

    async def close(self):
        await asyncio.gather(*self.tasks)
        await asyncio.sleep(0.3)
