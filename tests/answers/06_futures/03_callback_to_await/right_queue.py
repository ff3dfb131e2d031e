"""Right: a queue takes what comes, and only the first thing is fetched out of it."""

import asyncio


async def scan_page(scan, page):
    came = asyncio.Queue()
    scan(page, lambda text: came.put_nowait((True, text)), lambda error: came.put_nowait((False, error)))
    good, value = await came.get()
    if good:
        return value
    raise value
