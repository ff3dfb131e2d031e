"""Mistake: the futures are kept by page at module level, so that no page is scanned a second time.
Caught by: test_the_text_of_the_page_comes_back
"""

import asyncio

PAGES = {}


async def scan_page(scan, page):
    if page not in PAGES:
        scanned = PAGES[page] = asyncio.get_running_loop().create_future()

        def on_text(text):
            if not scanned.done():
                scanned.set_result(text)

        def on_error(error):
            if not scanned.done():
                scanned.set_exception(error)

        scan(page, on_text, on_error)
    return await PAGES[page]
