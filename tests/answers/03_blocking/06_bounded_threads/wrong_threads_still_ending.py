"""Mistake: the pool is told to close, and nobody waits for its threads to end.
Caught by: test_the_pool_is_its_own_and_closed
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor


async def scan(check, files):
    loop = asyncio.get_running_loop()
    pool = ThreadPoolExecutor(max_workers=2)
    jobs = [loop.run_in_executor(pool, check, file) for file in files]
    found = await asyncio.gather(*jobs, return_exceptions=True)
    pool.shutdown(wait=False)
    for text in found:
        if isinstance(text, Exception):
            raise text
    return found
