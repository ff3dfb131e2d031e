"""Mistake: gather raises the first error out of close.
Caught by: test_every_error_is_reported
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
            raise

    async def close(self):
        await asyncio.gather(*self.saves)
