"""Mistake: closes the pool after the last text, so that an error leaves it open.
Caught by: test_the_pool_is_its_own_and_closed
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

POOLS = []


async def scan(check, files):
    loop = asyncio.get_running_loop()
    pool = ThreadPoolExecutor(max_workers=2)
    POOLS.append(pool)
    jobs = [loop.run_in_executor(pool, check, file) for file in files]
    found = await asyncio.gather(*jobs, return_exceptions=True)
    for text in found:
        if isinstance(text, BaseException):
            raise text
    pool.shutdown()
    return list(found)
