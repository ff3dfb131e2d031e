"""Mistake: close waits for a minute at most.
Caught by: test_close_waits_for_every_save
"""

import asyncio


class Saver:
    def __init__(self, store, report):
        self.store = store
        self.report = report
        self.saves = set()

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
            await asyncio.wait(self.saves, timeout=60)
