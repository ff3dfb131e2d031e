"""Mistake: the driver is called in a thread of its own.
Caught by: test_the_text_of_the_page_comes_back
"""

import asyncio
from collections.abc import Callable

Scan = Callable[[int, Callable[[str], None], Callable[[Exception], None]], None]


async def scan_page(scan, page):
    f = asyncio.get_running_loop().create_future()
    def on_text(t):
        if not f.done(): f.set_result(t)
    def on_error(e):
        if not f.done(): f.set_exception(e)
    await asyncio.to_thread(scan, page, on_text, on_error)
    return await f
