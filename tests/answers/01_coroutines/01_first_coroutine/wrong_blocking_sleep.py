"""Mistake: time.sleep inside a coroutine keeps the event loop's thread.
Caught by: test_others_run_while_it_waits
"""

import time


async def warm_up(sensor: str, seconds: float) -> str:
    time.sleep(seconds)
    return f"{sensor} is ready"
