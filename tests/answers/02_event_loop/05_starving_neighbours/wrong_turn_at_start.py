"""Mistake: the others have a turn before the first step.
Caught by: test_no_turn_is_given_too_early
"""

import asyncio
import time
from collections.abc import Callable


async def crunch(steps: list[Callable[[], int]], patience: float) -> list[int]:

    numbers = []
    await asyncio.sleep(0)
    last = time.monotonic()
    for step in steps:
        if numbers and time.monotonic() - last >= patience:
            await asyncio.sleep(0)
            last = time.monotonic()
        numbers.append(step())
    return numbers
