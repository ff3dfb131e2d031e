"""Mistake: hides the error of a step and gives back what there is.
Caught by: test_an_error_leaves_crunch
"""

import asyncio
import time


async def crunch(steps, patience):
    numbers = []
    last_turn = time.monotonic()
    for step in steps:
        if time.monotonic() - last_turn >= patience:
            await asyncio.sleep(0)
            last_turn = time.monotonic()
        try:
            numbers.append(step())
        except Exception:
            break
    return numbers
