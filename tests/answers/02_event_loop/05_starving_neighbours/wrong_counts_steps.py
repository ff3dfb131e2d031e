"""Mistake: steps aside after every third step, as if all steps were equally long.
Caught by: test_the_others_have_their_turn_in_time
"""

import asyncio


async def crunch(steps, patience):
    numbers = []
    for number, step in enumerate(steps, 1):
        numbers.append(step())
        if number % 3 == 0:
            await asyncio.sleep(0)
    return numbers
