"""Right: a callback per draft reads the error and lets go of the task."""

import asyncio


class Saver:
    def __init__(self, store, report):
        self.store, self.report = store, report
        self.drafts = {}

    def save(self, draft):
        task = asyncio.ensure_future(self.store(draft))
        self.drafts[task] = draft
        task.add_done_callback(self.ended)

    def ended(self, task):
        draft = self.drafts.pop(task)
        if not task.cancelled() and task.exception() is not None:
            self.report(draft, task.exception())

    async def close(self):
        while self.drafts:
            await asyncio.wait(self.drafts)
