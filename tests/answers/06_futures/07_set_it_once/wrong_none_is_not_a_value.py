"""Mistake: set asks only for a value and fail only for an error, so each overlooks what the other one did.
Caught by: test_a_second_time_is_an_error
"""

import asyncio


class Cell:
    def __init__(self):
        self.event = asyncio.Event()
        self.value = None
        self.error = None

    async def get(self):
        await self.event.wait()
        if self.error is not None:
            raise self.error
        return self.value

    def set(self, value):
        if self.value is not None:
            raise asyncio.InvalidStateError
        self.value = value
        self.event.set()

    def fail(self, error):
        if self.error is not None:
            raise asyncio.InvalidStateError
        self.error = error
        self.event.set()

    def cancel(self):
        self.fail(asyncio.CancelledError())
