"""Mistake: each visitor has a future, and one that is cancelled at the same moment is set all the same.
Caught by: test_a_cancelled_visitor_leaves_alone
"""

import asyncio


class Cell:
    def __init__(self):
        self.future = asyncio.get_running_loop().create_future()
        self.waiting = set()

    async def get(self):
        if self.future.done():
            return self.future.result()
        mine = asyncio.get_running_loop().create_future()
        self.waiting.add(mine)
        try:
            return await mine
        finally:
            self.waiting.discard(mine)

    def set(self, value):
        self.future.set_result(value)
        for each in self.waiting:
            each.set_result(value)

    def fail(self, error):
        self.future.set_exception(error)
        for each in self.waiting:
            each.set_exception(error)

    def cancel(self):
        if not self.future.cancel():
            raise asyncio.InvalidStateError
        for each in self.waiting:
            each.cancel()
