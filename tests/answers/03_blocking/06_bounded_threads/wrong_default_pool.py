"""Mistake: uses the default pool, which has many threads and belongs to everybody.
Caught by: test_two_checks_at_a_time
"""

import asyncio


async def scan(check, files):
    found = await asyncio.gather(*(asyncio.to_thread(check, file) for file in files), return_exceptions=True)
    for text in found:
        if isinstance(text, BaseException):
            raise text
    return list(found)
