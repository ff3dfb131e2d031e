"""Mistake: only the kinds of errors that came to mind are raised, the others end up among the texts.
Caught by: test_a_failed_check
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor


async def scan(check, files):
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(max_workers=2) as pool:
        jobs = [loop.run_in_executor(pool, check, file) for file in files]
        found = await asyncio.gather(*jobs, return_exceptions=True)
    for text in found:
        if isinstance(text, (ValueError, OSError)):
            raise text
    return found
