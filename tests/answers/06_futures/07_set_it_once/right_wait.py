"""Right: asyncio.wait waits for a future without cancelling it."""

import asyncio


class Cell:
    def __init__(self):
        self.future = asyncio.Future()

    async def get(self):
        if not self.future.done():
            await asyncio.wait([self.future])
        return self.future.result()

    def set(self, value):
        self.future.set_result(value)

    def fail(self, error):
        self.future.set_exception(error)

    def cancel(self):
        if self.future.done():
            raise asyncio.InvalidStateError
        self.future.cancel()
