"""Right: the tasks are held by the module, with what is open counted by the saver."""

import asyncio
import functools

background = set()


class Saver:
    def __init__(self, store, report):
        self.store = store
        self.report = report
        self.open = 0
        self.idle = asyncio.Event()
        self.idle.set()

    def save(self, draft):
        self.open += 1
        self.idle.clear()
        task = asyncio.get_running_loop().create_task(self.store(draft))
        background.add(task)
        task.add_done_callback(functools.partial(self.ended, draft))

    def ended(self, draft, task):
        background.discard(task)
        try:
            task.result()
        except Exception as error:
            self.report(draft, error)
        finally:
            self.open -= 1
            if not self.open:
                self.idle.set()

    async def close(self):
        await self.idle.wait()
