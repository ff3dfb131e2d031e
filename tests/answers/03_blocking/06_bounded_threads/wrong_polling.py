"""Mistake: it looks again and again whether the pool is ready.
Caught by: test_two_checks_at_a_time
"""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
async def scan(check, files):
    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(check, f) for f in files]
        while not all(j.done() for j in jobs):
            await asyncio.sleep(0.1)
    return [j.result() for j in jobs]
