"""Mistake: limits the checks to two, but lets them run in the default pool of the whole program.
Caught by: test_the_pool_is_its_own_and_closed
"""

import asyncio


async def scan(check, files):
    two = asyncio.Semaphore(2)

    async def one(file):
        async with two:
            return await asyncio.to_thread(check, file)

    found = await asyncio.gather(*(one(file) for file in files), return_exceptions=True)
    for text in found:
        if isinstance(text, BaseException):
            raise text
    return list(found)
