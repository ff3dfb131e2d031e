"""Mistake: wait_for with a long limit is taken for a shield: it gives up in the end, and cancels the future for all.
Caught by: test_a_cancelled_visitor_leaves_alone
"""

import asyncio


class Cell:
    def __init__(self):
        self.future = asyncio.get_running_loop().create_future()

    async def get(self):
        return await asyncio.wait_for(self.future, 3600)

    def set(self, value):
        self.future.set_result(value)

    def fail(self, error):
        self.future.set_exception(error)

    def cancel(self):
        if not self.future.cancel():
            raise asyncio.InvalidStateError("done already")
