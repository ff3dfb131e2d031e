"""Right: an event for the waiting, an outcome for the rest."""

import asyncio


class Cell:
    def __init__(self):
        self._done = asyncio.Event()
        self._outcome = None

    async def get(self):
        await self._done.wait()
        kind, what = self._outcome
        if kind == "value":
            return what
        raise what

    def _end(self, kind, what):
        if self._done.is_set():
            raise asyncio.InvalidStateError("this cell is done")
        self._outcome = (kind, what)
        self._done.set()

    def set(self, value):
        self._end("value", value)

    def fail(self, error):
        self._end("error", error)

    def cancel(self):
        self._end("error", asyncio.CancelledError())
