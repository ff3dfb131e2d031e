"""Mistake: an empty text is taken for "not there yet".
Caught by: test_the_text_of_the_page_comes_back
"""

import asyncio


async def scan_page(scan, page):
    future = asyncio.get_running_loop().create_future()

    def on_text(text):
        if text and not future.done():
            future.set_result(text)

    def on_error(error):
        if not future.done():
            future.set_exception(error)

    scan(page, on_text, on_error)
    return await future
