"""Mistake: call-backs are counted, but the future may be done by a cancellation, too.
Caught by: test_after_a_cancellation_call_backs_change_nothing
"""

import asyncio


async def scan_page(scan, page):
    future = asyncio.get_running_loop().create_future()
    answered = False

    def on_text(text):
        nonlocal answered
        if not answered:
            answered = True
            future.set_result(text)

    def on_error(error):
        nonlocal answered
        if not answered:
            answered = True
            future.set_exception(error)

    scan(page, on_text, on_error)
    return await future
