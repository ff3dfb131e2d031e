"""Mistake: a cancellation is caught and turned into an empty page.
Caught by: test_after_a_cancellation_call_backs_change_nothing
"""

import asyncio


async def scan_page(scan, page):
    future = asyncio.get_running_loop().create_future()

    def on_text(text):
        if not future.done():
            future.set_result(text)

    def on_error(error):
        if not future.done():
            future.set_exception(error)

    scan(page, on_text, on_error)
    try:
        return await future
    except asyncio.CancelledError:
        return ""
