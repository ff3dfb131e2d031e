"""Mistake: keeps one pool at module level and never closes it.
Caught by: test_the_pool_is_its_own_and_closed
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

POOL = ThreadPoolExecutor(max_workers=2)


async def scan(check, files):
    loop = asyncio.get_running_loop()
    jobs = [loop.run_in_executor(POOL, check, file) for file in files]
    found = await asyncio.gather(*jobs, return_exceptions=True)
    for text in found:
        if isinstance(text, BaseException):
            raise text
    return list(found)
