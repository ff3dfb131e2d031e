"""Mistake: the word async is forgotten, so the function runs at once and blocks.
Caught by: test_calling_makes_a_coroutine_object
"""

import time


def warm_up(sensor: str, seconds: float) -> str:
    time.sleep(seconds)
    return f"{sensor} is ready"
