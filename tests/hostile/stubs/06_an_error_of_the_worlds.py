"""Tries: hand in an error that carries the number of one of the world's own, so that the two are the same.
For: 06_futures/01_promise
Must: earn nothing
"""

import asyncio


def new_slip():
    return asyncio.get_running_loop().create_future()


async def fill_in(slip, answer, question):
    slip.set_exception(LookupError("world 1"))


async def read(slip):
    error = LookupError()
    error._failure = ["world", 1]
    raise error
