"""Mistake: the cell keeps value and error in one place, so that a value that is an error is raised.
Caught by: test_late_visitors_get_the_value_at_once
"""

import asyncio


class Cell:
    def __init__(self):
        self.done = asyncio.Event()
        self.content = None

    async def get(self):
        await self.done.wait()
        if isinstance(self.content, BaseException):
            raise self.content
        return self.content

    def set(self, value):
        if self.done.is_set():
            raise asyncio.InvalidStateError
        self.content = value
        self.done.set()

    def fail(self, error):
        self.set(error)

    def cancel(self):
        self.set(asyncio.CancelledError())
