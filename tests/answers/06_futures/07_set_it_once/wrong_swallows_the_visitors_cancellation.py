"""Mistake: a cancelled visitor goes on waiting.
Caught by: test_a_cancelled_visitor_leaves_alone
"""

import asyncio
import contextlib


class Cell:
    def __init__(self):
        self.future = asyncio.get_running_loop().create_future()

    async def get(self):
        while not self.future.done():
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.shield(self.future)
        return self.future.result()

    def set(self, value):
        self.future.set_result(value)

    def fail(self, error):
        self.future.set_exception(error)

    def cancel(self):
        if not self.future.cancel():
            raise asyncio.InvalidStateError("done already")
