"""Mistake: the error is printed, and the one who waits never hears of it.
Caught by: test_an_error_is_raised
"""

import asyncio


async def scan_page(scan, page):
    future = asyncio.get_running_loop().create_future()

    def on_text(text):
        if not future.done():
            future.set_result(text)

    def on_error(error):
        print(f"page {page}: {error}")

    scan(page, on_text, on_error)
    return await future
