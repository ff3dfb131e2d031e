"""Mistake: looks a hundred times a second whether a tick is due, so after a delay the ticks are a little late.
Caught by: test_it_does_not_drift
"""

import asyncio


def countdown(seconds, tick):
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    start = loop.time()
    left = seconds
    timer = None

    def look():
        nonlocal left, timer
        while left and not future.done() and loop.time() >= start + seconds - left + 1:
            left -= 1
            try:
                tick(left)
            except Exception as error:
                if not future.done():
                    future.set_exception(error)
        if future.done():
            return
        if left == 0:
            future.set_result("time is up")
        else:
            timer = loop.call_later(0.01, look)

    future.add_done_callback(lambda _: timer and timer.cancel())
    look()
    return future
