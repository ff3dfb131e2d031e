"""Mistake: waits for the call-back with a threading.Event, which stops the loop that should call back.
Caught by: test_the_text_of_the_page_comes_back
"""

import threading


async def scan_page(scan, page):
    there = threading.Event()
    came = []

    def on_text(text):
        came.append(text)
        there.set()

    def on_error(error):
        came.append(error)
        there.set()

    scan(page, on_text, on_error)
    there.wait()
    if isinstance(came[0], Exception):
        raise came[0]
    return came[0]
