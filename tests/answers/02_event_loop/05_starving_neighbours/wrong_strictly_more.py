"""Mistake: at exactly `patience` seconds it goes on.
Caught by: test_the_others_have_their_turn_in_time
"""

import asyncio
import time
from collections.abc import Callable


async def crunch(steps: list[Callable[[], int]], patience: float) -> list[int]:

    numbers = []
    last = time.monotonic()
    for step in steps:
        if numbers and time.monotonic() - last > patience:
            await asyncio.sleep(0)
            last = time.monotonic()
        numbers.append(step())
    return numbers
