"""Right: asyncio.wait waits for all futures; then their results are read in order."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


async def scan(check, files):
    pool = ThreadPoolExecutor(2)
    loop = asyncio.get_running_loop()
    jobs = [loop.run_in_executor(pool, check, file) for file in files]
    try:
        if jobs:
            await asyncio.wait(jobs)
    finally:
        pool.shutdown()
    errors = [job.exception() for job in jobs]
    for error in errors:
        if error is not None:
            raise error
    return [job.result() for job in jobs]
