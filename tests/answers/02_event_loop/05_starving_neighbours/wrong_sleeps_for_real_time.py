"""Mistake: sleeps for a real moment so that the others get a turn, which adds up.
Caught by: test_nothing_is_waited_for
"""

import asyncio
import time


async def crunch(steps, patience):
    numbers = []
    last_turn = time.monotonic()
    for step in steps:
        if time.monotonic() - last_turn >= patience:
            await asyncio.sleep(0.1)
            last_turn = time.monotonic()
        numbers.append(step())
    return numbers
