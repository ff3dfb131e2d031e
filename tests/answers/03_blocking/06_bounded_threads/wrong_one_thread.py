"""Mistake: awaits each job before the next one is handed over, so one thread does all the work.
Caught by: test_two_checks_at_a_time
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor


async def scan(check, files):
    loop = asyncio.get_running_loop()
    texts, first = [], None
    with ThreadPoolExecutor(max_workers=2) as pool:
        for file in files:
            try:
                texts.append(await loop.run_in_executor(pool, check, file))
            except Exception as error:
                first = first or error
    if first:
        raise first
    return texts
