"""Mistake: nobody refers to the tasks; close looks for them among all tasks.
Caught by: test_no_save_vanishes
"""

import asyncio


class Saver:
    def __init__(self, store, report):
        self.store = store
        self.report = report

    def save(self, draft):
        asyncio.create_task(self.run(draft))

    async def run(self, draft):
        try:
            await self.store(draft)
        except Exception as error:
            self.report(draft, error)

    async def close(self):
        others = asyncio.all_tasks() - {asyncio.current_task()}
        if others:
            await asyncio.wait(others)
