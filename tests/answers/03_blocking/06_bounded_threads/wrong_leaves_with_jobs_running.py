"""Mistake: lets the first error out of the block while checks are running; closing the pool then blocks.
Caught by: test_a_failed_check
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor


async def scan(check, files):
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(max_workers=2) as pool:
        return list(await asyncio.gather(*(loop.run_in_executor(pool, check, file) for file in files)))
