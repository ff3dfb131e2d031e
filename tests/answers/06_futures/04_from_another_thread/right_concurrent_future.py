"""Right: a future for threads, which asyncio wraps into one of its own."""

import asyncio
import concurrent.futures
import contextlib


async def take_picture(snap):
    taken = concurrent.futures.Future()

    def quietly(method):
        def call_back(value):
            with contextlib.suppress(concurrent.futures.InvalidStateError):
                method(value)

        return call_back

    snap(quietly(taken.set_result), quietly(taken.set_exception))
    return await asyncio.wrap_future(taken)
