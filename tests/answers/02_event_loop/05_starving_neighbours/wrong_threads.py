"""Mistake: moves every step to another thread, though the steps must not run anywhere else.
Caught by: test_the_others_have_their_turn_in_time
"""

import asyncio


async def crunch(steps, patience):
    return [await asyncio.to_thread(step) for step in steps]
