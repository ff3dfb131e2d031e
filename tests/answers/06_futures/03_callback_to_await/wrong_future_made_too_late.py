"""Mistake: the future is made only after scan has returned, too late for a call-back at once.
Caught by: test_the_driver_may_call_back_at_once
"""

import asyncio


async def scan_page(scan, page):
    future = None

    def on_text(text):
        if future is not None and not future.done():
            future.set_result(text)

    def on_error(error):
        if future is not None and not future.done():
            future.set_exception(error)

    scan(page, on_text, on_error)
    future = asyncio.get_running_loop().create_future()
    return await future
