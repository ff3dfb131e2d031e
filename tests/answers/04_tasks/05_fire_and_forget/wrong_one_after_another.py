"""Mistake: one task works through a queue, so every save waits for the one before.
Caught by: test_saves_run_in_the_background
"""

import asyncio


class Saver:
    def __init__(self, store, report):
        self.store = store
        self.report = report
        self.saves = set()
        self.drafts = []

    def save(self, draft):
        self.drafts.append(draft)
        if not self.saves:
            task = asyncio.create_task(self.work())
            self.saves.add(task)
            task.add_done_callback(self.saves.discard)

    async def work(self):
        while self.drafts:
            await self.run(self.drafts.pop(0))

    async def run(self, draft):
        try:
            await self.store(draft)
        except Exception as error:
            self.report(draft, error)

    async def close(self):
        if self.saves:
            await asyncio.wait(self.saves)
