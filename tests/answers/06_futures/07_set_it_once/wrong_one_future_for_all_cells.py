"""Mistake: the future belongs to the class, so that all cells are one.
Caught by: test_the_cell_waits_for_its_caller
"""

import asyncio


class Cell:
    future = None

    def __init__(self):
        if Cell.future is None:
            Cell.future = asyncio.get_running_loop().create_future()

    async def get(self):
        return await asyncio.shield(self.future)

    def set(self, value):
        self.future.set_result(value)

    def fail(self, error):
        self.future.set_exception(error)

    def cancel(self):
        if not self.future.cancel():
            raise asyncio.InvalidStateError("done already")
