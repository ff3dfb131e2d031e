"""Tries: raise an error whose class has a name of seven megabytes.
For: 06_futures/03_callback_to_await
Must: earn nothing
"""


async def scan_page(scan, page):
    raise type("A" * 7_000_000, (Exception,), {})("x")
