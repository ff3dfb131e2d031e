"""Mistake: asking the clock again and again in a loop without an await keeps the event loop's thread.
Caught by: test_others_run_while_it_waits
"""

import time


async def warm_up(sensor: str, seconds: float) -> str:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(0.1)
    return f"{sensor} is ready"
