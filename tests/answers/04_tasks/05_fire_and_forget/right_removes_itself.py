"""Right: each save takes itself out of the set, whatever happens."""

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
        except Exception as error:
            self.report(draft, error)
        finally:
            self.saves.discard(asyncio.current_task())

    async def close(self):
        await asyncio.gather(*self.saves)
