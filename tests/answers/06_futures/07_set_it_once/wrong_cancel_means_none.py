"""Mistake: a cancelled cell gives None.
Caught by: test_a_failed_or_cancelled_cell
"""

import asyncio


class Cell:
    def __init__(self):
        self.future = asyncio.get_running_loop().create_future()

    async def get(self):
        return await asyncio.shield(self.future)

    def set(self, value):
        self.future.set_result(value)

    def fail(self, error):
        self.future.set_exception(error)

    def cancel(self):
        self.future.set_result(None)
