"""Mistake: an error becomes a part of the text.
Caught by: test_an_error_leaves_release
"""

import asyncio


async def release(build, typeset, version):
    tasks = [asyncio.create_task(build(version)), asyncio.create_task(typeset(version))]
    program, manual = await asyncio.gather(*tasks, return_exceptions=True)
    return f"{program} with {manual}"
