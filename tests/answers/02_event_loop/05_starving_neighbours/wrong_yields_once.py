"""Mistake: lets the others have one turn before the work, and then starves them as before.
Caught by: test_the_others_have_their_turn_in_time
"""

import asyncio


async def crunch(steps, patience):
    await asyncio.sleep(0)
    numbers = []
    for step in steps:
        numbers.append(step())
    return numbers
