"""Mistake: get looks at the future again and again.
Caught by: test_everybody_who_waits_gets_the_value
"""

import asyncio


class Cell:
    def __init__(self):
        self.future = asyncio.get_running_loop().create_future()

    async def get(self):
        while not self.future.done():
            await asyncio.sleep(0.1)
        return self.future.result()

    def set(self, value):
        self.future.set_result(value)

    def fail(self, error):
        self.future.set_exception(error)

    def cancel(self):
        if not self.future.cancel():
            raise asyncio.InvalidStateError("done already")
