"""Mistake: a cell that was set to None counts as empty.
Caught by: test_a_second_time_is_an_error
"""

import asyncio
from typing import Any


class Cell:
    def __init__(self):
        self.value = self.error = None
        self.ev = asyncio.Event()
    async def get(self):
        await self.ev.wait()
        if self.error: raise self.error
        return self.value
    def _check(self):
        if self.value is not None or self.error:
            raise asyncio.InvalidStateError
    def set(self, value):
        self._check(); self.value = value; self.ev.set()
    def fail(self, error):
        self._check(); self.error = error; self.ev.set()
    def cancel(self):
        self._check(); self.error = asyncio.CancelledError(); self.ev.set()
