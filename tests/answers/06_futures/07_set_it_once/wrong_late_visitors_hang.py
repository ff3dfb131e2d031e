"""Mistake: only those who wait at that moment are told; nothing is kept for those who come later.
Caught by: test_late_visitors_get_the_value_at_once
"""

import asyncio


class Cell:
    def __init__(self):
        self.waiting = []
        self.done = False

    async def get(self):
        own = asyncio.get_running_loop().create_future()
        self.waiting.append(own)
        return await own

    def finish(self):
        if self.done:
            raise asyncio.InvalidStateError
        self.done = True
        return [future for future in self.waiting if not future.done()]

    def set(self, value):
        for future in self.finish():
            future.set_result(value)

    def fail(self, error):
        for future in self.finish():
            future.set_exception(error)

    def cancel(self):
        for future in self.finish():
            future.cancel()
