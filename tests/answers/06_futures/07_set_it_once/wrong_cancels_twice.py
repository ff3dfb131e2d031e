"""Mistake: the second cancel is not refused.
Caught by: test_a_second_time_is_an_error
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
        self.future.cancel()
