"""Mistake: waits with time.sleep, and returns a future that is done already.
Caught by: test_the_future_tells_the_end
"""

import asyncio
import time


def countdown(seconds, tick):
    future = asyncio.get_running_loop().create_future()
    for left in reversed(range(seconds)):
        time.sleep(1)
        tick(left)
    future.set_result("time is up")
    return future
