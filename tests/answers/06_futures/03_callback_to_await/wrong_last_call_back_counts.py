"""Mistake: the call-backs write into a variable, and what was written last counts.
Caught by: test_only_the_first_call_back_counts
"""

import asyncio


async def scan_page(scan, page):
    there = asyncio.Event()
    came = None

    def on_text(text):
        nonlocal came
        came = text
        there.set()

    def on_error(error):
        nonlocal came
        came = error
        there.set()

    scan(page, on_text, on_error)
    await there.wait()
    if isinstance(came, Exception):
        raise came
    return came
