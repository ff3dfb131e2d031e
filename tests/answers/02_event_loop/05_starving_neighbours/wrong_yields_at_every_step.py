"""Mistake: steps aside after every single step, so that thousands of tiny steps pay for it.
Caught by: test_no_turn_is_given_too_early
"""

import asyncio


async def crunch(steps, patience):
    numbers = []
    for step in steps:
        numbers.append(step())
        await asyncio.sleep(0)
    return numbers
