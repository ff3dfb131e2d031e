"""Mistake: the last turn is kept in a global, so a later call counts from a turn in an earlier one.
Caught by: test_no_turn_is_given_too_early
"""

import asyncio
import time

last_turn = None


async def crunch(steps, patience):
    global last_turn
    numbers = []
    if last_turn is None:
        last_turn = time.monotonic()
    for step in steps:
        if time.monotonic() - last_turn >= patience:
            await asyncio.sleep(0)
            last_turn = time.monotonic()
        numbers.append(step())
    return numbers
