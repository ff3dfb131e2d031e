"""Mistake: a WeakSet holds the tasks just as weakly as the event loop does.
Caught by: test_no_save_vanishes
"""

import asyncio
import weakref


class Saver:
    def __init__(self, store, report):
        self.store = store
        self.report = report
        self.saves = weakref.WeakSet()

    def save(self, draft):
        task = asyncio.create_task(self.run(draft))
        self.saves.add(task)
        task.add_done_callback(self.saves.discard)

    async def run(self, draft):
        try:
            await self.store(draft)
        except Exception as error:
            self.report(draft, error)

    async def close(self):
        if self.saves:
            await asyncio.wait(list(self.saves))
