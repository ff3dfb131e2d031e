"""Mistake: the last turn is taken to have been at 0 on the clock, so the patience is used up before the first step.
Caught by: test_no_turn_is_given_too_early
"""

import asyncio
import time


async def crunch(steps, patience):
    numbers = []
    last_turn = 0
    for step in steps:
        if time.monotonic() - last_turn >= patience:
            await asyncio.sleep(0)
            last_turn = time.monotonic()
        numbers.append(step())
    return numbers
