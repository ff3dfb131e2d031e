"""Mistake: a queue holds the value, so that the first visitor takes it away from the others.
Caught by: test_everybody_who_waits_gets_the_value
"""

import asyncio


class Cell:
    def __init__(self):
        self.queue = asyncio.Queue(maxsize=1)
        self.done = False

    async def get(self):
        kind, what = await self.queue.get()
        if kind == "value":
            return what
        raise what

    def put(self, kind, what):
        if self.done:
            raise asyncio.InvalidStateError
        self.done = True
        self.queue.put_nowait((kind, what))

    def set(self, value):
        self.put("value", value)

    def fail(self, error):
        self.put("error", error)

    def cancel(self):
        self.put("error", asyncio.CancelledError())
