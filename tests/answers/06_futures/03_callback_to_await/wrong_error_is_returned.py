"""Mistake: the error is set as the result, so it is given back instead of being raised.
Caught by: test_an_error_is_raised
"""

import asyncio


async def scan_page(scan, page):
    future = asyncio.get_running_loop().create_future()

    def call_back(value):
        if not future.done():
            future.set_result(value)

    scan(page, call_back, call_back)
    return await future
