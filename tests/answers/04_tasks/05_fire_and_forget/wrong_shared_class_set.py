"""Mistake: all savers share one set in the class.
Caught by: test_two_savers
"""

import weakref
import asyncio
from collections.abc import Awaitable, Callable
class Saver:
    tasks = set()

    def __init__(self, store, report) -> None:
        self.store = store
        self.report = report

    def save(self, draft):
        t = asyncio.create_task(self.one(draft))
        self.tasks.add(t)
        t.add_done_callback(self.tasks.discard)

    async def one(self, draft):
        try:
            await self.store(draft)
        except Exception as error:
            self.report(draft, error)

    async def close(self):
        await asyncio.gather(*self.tasks)
