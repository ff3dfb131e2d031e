"""Mistake: awaits a coroutine that never suspends, and believes that every await lets others run.
Caught by: test_the_others_have_their_turn_in_time
"""

import time


async def step_aside():
    return None


async def crunch(steps, patience):
    numbers = []
    last_turn = time.monotonic()
    for step in steps:
        if time.monotonic() - last_turn >= patience:
            await step_aside()
            last_turn = time.monotonic()
        numbers.append(step())
    return numbers
