"""Right: a save that fails returns its draft and its error, which a callback reports."""

import asyncio


class Saver:
    def __init__(self, store, report):
        self.store = store
        self.report = report
        self.saves = set()

    def save(self, draft):
        task = asyncio.create_task(self.run(draft))
        self.saves.add(task)
        task.add_done_callback(self.ended)

    async def run(self, draft):
        try:
            return await self.store(draft)
        except Exception as error:
            return draft, error

    def ended(self, task):
        self.saves.discard(task)
        if task.result() is not None:
            self.report(*task.result())

    async def close(self):
        await asyncio.gather(*self.saves)
