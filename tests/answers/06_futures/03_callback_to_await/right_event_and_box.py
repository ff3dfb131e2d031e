"""Right: the first call-back is kept in a list, an event wakes the one who waits."""

import asyncio


async def scan_page(scan, page):
    came = []
    there = asyncio.Event()

    def keep(text, error):
        came.append((text, error))
        there.set()

    scan(page, lambda text: keep(text, None), lambda error: keep(None, error))
    await there.wait()
    text, error = came[0]
    if error is not None:
        raise error
    return text
