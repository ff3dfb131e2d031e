"""Mistake: measures from the very beginning each time, so that once it is late it steps aside at every step.
Caught by: test_no_turn_is_given_too_early
"""

import asyncio
import time


async def crunch(steps, patience):
    numbers = []
    began = time.monotonic()
    for step in steps:
        if time.monotonic() - began >= patience:
            await asyncio.sleep(0)
        numbers.append(step())
    return numbers
