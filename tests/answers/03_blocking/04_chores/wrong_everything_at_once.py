"""Mistake: gathers everything, so that you watch television and jog at the same time.
Caught by: test_you_do_one_thing_at_a_time
"""

import asyncio


async def evening(do, chores):
    return list(await asyncio.gather(*(do(name) for name, _ in chores)))
