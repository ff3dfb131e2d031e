"""Mistake: switching the collector off keeps the tasks for now, and every other piece of garbage too.
Caught by: test_no_save_vanishes
"""

import asyncio
import gc


class Saver:
    def __init__(self, store, report):
        gc.disable()
        gc.freeze()
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
        await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))
