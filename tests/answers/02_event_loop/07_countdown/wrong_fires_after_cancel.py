"""Mistake: cancelling the future is not noticed at all; the ticks go on.
Caught by: test_cancelled_means_no_more_ticks
"""

import asyncio


def countdown(seconds, tick):
    loop = asyncio.get_running_loop()
    start = loop.time()
    future = loop.create_future()

    def fire(left):
        try:
            tick(left)
        except Exception as error:
            if not future.done():
                future.set_exception(error)
            return
        if left > 0:
            loop.call_at(start + seconds - left + 1, fire, left - 1)
        elif not future.done():
            future.set_result("time is up")

    if seconds == 0:
        future.set_result("time is up")
    else:
        loop.call_at(start + 1, fire, seconds - 1)
    return future
