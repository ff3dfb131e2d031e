"""Mistake: the timer runs on after the future is cancelled; it only does nothing when it fires.
Caught by: test_no_timer_is_left
"""

import asyncio


def countdown(seconds, tick):
    loop = asyncio.get_running_loop()
    start = loop.time()
    future = loop.create_future()
    timer = None

    def set_timer(left):
        nonlocal timer
        timer = loop.call_at(start + seconds - left, fire, left)

    def fire(left):
        if future.done():
            return
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
            set_timer(left - 1)

    if seconds == 0:
        future.set_result("time is up")
    else:
        set_timer(seconds - 1)
    return future
