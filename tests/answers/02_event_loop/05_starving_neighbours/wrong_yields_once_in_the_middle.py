"""Mistake: lets the others have one turn when the patience is used up for the first time, and never again.
Caught by: test_the_others_have_their_turn_in_time
"""

import asyncio
import time


async def crunch(steps, patience):
    numbers = []
    began = time.monotonic()
    stepped_aside = False
    for step in steps:
        if not stepped_aside and time.monotonic() - began >= patience:
            await asyncio.sleep(0)
            stepped_aside = True
        numbers.append(step())
    return numbers
