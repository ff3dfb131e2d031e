"""Mistake: a save that failed is tried once more before it is reported.
Caught by: test_every_error_is_reported
"""

import asyncio


class Saver:
    def __init__(self, store, report):
        self.store, self.report = store, report
        self.saves = set()

    def save(self, draft):
        task = asyncio.create_task(self.run(draft))
        self.saves.add(task)
        task.add_done_callback(self.saves.discard)

    async def run(self, draft):
        try:
            await self.store(draft)
        except Exception:
            try:
                await self.store(draft)
            except Exception as error:
                self.report(draft, error)

    async def close(self):
        while self.saves:
            await asyncio.wait(self.saves)
