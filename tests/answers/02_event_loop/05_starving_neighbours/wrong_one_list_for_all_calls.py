"""Mistake: the list is a default value, so a second call adds its numbers to those of the first.
Caught by: test_the_numbers_keep_their_order
"""

import asyncio
import time


async def crunch(steps, patience, numbers=[]):
    last_turn = time.monotonic()
    for step in steps:
        if time.monotonic() - last_turn >= patience:
            await asyncio.sleep(0)
            last_turn = time.monotonic()
        numbers.append(step())
    return numbers
