"""Mistake: the error is raised inside the call-back, where it hits the driver and not the one who waits.
Caught by: test_an_error_is_raised
"""

import asyncio


async def scan_page(scan, page):
    future = asyncio.get_running_loop().create_future()

    def on_text(text):
        if not future.done():
            future.set_result(text)

    def on_error(error):
        raise error

    scan(page, on_text, on_error)
    return await future
