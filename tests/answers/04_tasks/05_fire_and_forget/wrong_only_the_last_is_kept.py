"""Mistake: one attribute holds the last task only.
Caught by: test_no_save_vanishes
"""

import asyncio


class Saver:
    def __init__(self, store, report):
        self.store = store
        self.report = report
        self.task = None

    def save(self, draft):
        self.task = asyncio.create_task(self.run(draft))

    async def run(self, draft):
        try:
            await self.store(draft)
        except Exception as error:
            self.report(draft, error)

    async def close(self):
        if self.task:
            await self.task
