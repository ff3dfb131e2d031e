"""Mistake: everything is handed to gather, plain values too.
Caught by: test_plain_parts_stay_as_they_are
"""

import asyncio


async def resolve(parts):
    return await asyncio.gather(*parts)
