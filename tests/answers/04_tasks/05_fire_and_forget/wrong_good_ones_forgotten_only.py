"""Mistake: a failed save is never taken out of the set.
Caught by: test_a_save_that_has_ended_is_forgotten
"""

import asyncio


class Saver:
    def __init__(self, store, report):
        self.store = store
        self.report = report
        self.saves = set()

    def save(self, draft):
        self.saves.add(asyncio.create_task(self.run(draft)))

    async def run(self, draft):
        try:
            await self.store(draft)
            self.saves.discard(asyncio.current_task())
        except Exception as error:
            self.report(draft, error)

    async def close(self):
        if self.saves:
            await asyncio.wait(self.saves)
