"""Mistake: a loop with a short sleep asks again and again whether the page is there.
Caught by: test_pages_are_scanned_at_the_same_time
"""

import asyncio


async def scan_page(scan, page):
    came = []
    scan(page, lambda text: came.append((text, None)), lambda error: came.append((None, error)))
    while not came:
        await asyncio.sleep(0.05)
    text, error = came[0]
    if error is not None:
        raise error
    return text
