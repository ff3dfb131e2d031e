"""Mistake: a local variable is gone as soon as save returns.
Caught by: test_no_save_vanishes
"""

import asyncio


class Saver:
    def __init__(self, store, report):
        self.store = store
        self.report = report
        self.saves = set()

    def save(self, draft):
        task = asyncio.create_task(self.run(draft))
        task.add_done_callback(lambda ended: self.saves.discard(ended))

    async def run(self, draft):
        try:
            await self.store(draft)
        except Exception as error:
            self.report(draft, error)

    async def close(self):
        await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))
