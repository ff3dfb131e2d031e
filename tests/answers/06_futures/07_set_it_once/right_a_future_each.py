"""Right: each one who waits gets a future of their own."""

import asyncio


class Cell:
    def __init__(self):
        self._waiting = []
        self._end = None

    async def get(self):
        own = asyncio.get_running_loop().create_future()
        if self._end is None:
            self._waiting.append(own)
        else:
            self._end(own)
        return await own

    def _finish(self, end):
        if self._end is not None:
            raise asyncio.InvalidStateError("already done")
        self._end = end
        for future in self._waiting:
            if not future.done():
                end(future)
        self._waiting.clear()

    def set(self, value):
        self._finish(lambda future: future.set_result(value))

    def fail(self, error):
        self._finish(lambda future: future.set_exception(error))

    def cancel(self):
        self._finish(lambda future: future.cancel())
