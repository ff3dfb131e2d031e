"""Mistake: deals the files out to two threads beforehand, so that one of them may sit idle.
Caught by: test_two_checks_at_a_time
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor


async def scan(check, files):
    loop = asyncio.get_running_loop()
    found = [None] * len(files)

    def half(first):
        for place in range(first, len(files), 2):
            try:
                found[place] = check(files[place])
            except Exception as error:
                found[place] = error

    with ThreadPoolExecutor(max_workers=2) as pool:
        await asyncio.gather(*(loop.run_in_executor(pool, half, first) for first in (0, 1)))
    for text in found:
        if isinstance(text, Exception):
            raise text
    return found
