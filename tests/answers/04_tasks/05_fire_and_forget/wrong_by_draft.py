"""Mistake: a dict with the draft as the key holds only one of two saves with equal drafts.
Caught by: test_no_save_vanishes
"""

import asyncio


class Saver:
    def __init__(self, store, report):
        self.store = store
        self.report = report
        self.saves = {}

    def save(self, draft):
        task = asyncio.create_task(self.run(draft))
        self.saves[draft] = task
        task.add_done_callback(lambda task: self.saves.pop(draft, None))

    async def run(self, draft):
        try:
            await self.store(draft)
        except Exception as error:
            self.report(draft, error)

    async def close(self):
        if self.saves:
            await asyncio.wait(self.saves.values())
