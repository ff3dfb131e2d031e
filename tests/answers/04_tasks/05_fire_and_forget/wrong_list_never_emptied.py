"""Mistake: the tasks stay in the list for ever.
Caught by: test_a_save_that_has_ended_is_forgotten
"""

import asyncio


class Saver:
    def __init__(self, store, report):
        self.store = store
        self.report = report
        self.saves = []

    def save(self, draft):
        self.saves.append(asyncio.create_task(self.run(draft)))

    async def run(self, draft):
        try:
            await self.store(draft)
        except Exception as error:
            self.report(draft, error)

    async def close(self):
        await asyncio.gather(*self.saves)
