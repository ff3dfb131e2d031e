"""Mistake: the error is kept like a value and given back instead of being raised.
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
        self.set(error)

    def cancel(self):
        if not self.future.cancel():
            raise asyncio.InvalidStateError
