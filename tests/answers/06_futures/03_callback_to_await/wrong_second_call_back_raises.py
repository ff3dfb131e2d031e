"""Mistake: the future's own methods are the call-backs, so the second one raises InvalidStateError.
Caught by: test_only_the_first_call_back_counts
"""

import asyncio


async def scan_page(scan, page):
    future = asyncio.get_running_loop().create_future()
    scan(page, future.set_result, future.set_exception)
    return await future
