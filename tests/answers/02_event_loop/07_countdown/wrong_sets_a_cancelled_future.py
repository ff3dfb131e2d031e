"""Mistake: does not look whether tick has cancelled the future, and goes on.
Caught by: test_cancelled_means_no_more_ticks
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
            return
        if left == 0:
            future.set_result("time is up")
        else:
            set_timer(left - 1)

    def take_back(_):
        if timer is not None:
            timer.cancel()

    future.add_done_callback(take_back)
    if seconds == 0:
        future.set_result("time is up")
    else:
        set_timer(seconds - 1)
    return future
