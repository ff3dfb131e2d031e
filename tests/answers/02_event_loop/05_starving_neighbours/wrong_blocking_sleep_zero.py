"""Mistake: uses time.sleep(0), which lets other threads run, but not the other tasks.
Caught by: test_the_heartbeat_goes_on
"""

import time


async def crunch(steps, patience):
    numbers = []
    last_turn = time.monotonic()
    for step in steps:
        if time.monotonic() - last_turn >= patience:
            time.sleep(0)
            last_turn = time.monotonic()
        numbers.append(step())
    return numbers
