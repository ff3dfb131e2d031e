"""Right: the call-backs set the future and forgive it for being done."""

import asyncio
import contextlib


async def scan_page(scan, page):
    future = asyncio.Future()

    def forgiving(method):
        def call_back(value):
            with contextlib.suppress(asyncio.InvalidStateError):
                method(value)

        return call_back

    scan(page, forgiving(future.set_result), forgiving(future.set_exception))
    return await future
