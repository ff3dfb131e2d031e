"""Mistake: after an error, calls off the files that have not been checked yet.
Caught by: test_a_failed_check
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor


async def scan(check, files):
    loop = asyncio.get_running_loop()
    pool = ThreadPoolExecutor(max_workers=2)
    try:
        return list(await asyncio.gather(*(loop.run_in_executor(pool, check, file) for file in files)))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
