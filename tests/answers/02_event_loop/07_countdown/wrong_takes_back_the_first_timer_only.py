"""Mistake: the done callback knows only the first timer, not the one that is set when it is called.
Caught by: test_no_timer_is_left
"""

import asyncio


def countdown(seconds, tick):
    loop = asyncio.get_running_loop()
    start = loop.time()
    future = loop.create_future()

    def fire(left):
        if future.done():
            return
        try:
            tick(left)
        except Exception as error:
            if not future.done():
                future.set_exception(error)
        if left == 0:
            if not future.done():
                future.set_result("time is up")
        else:
            loop.call_at(start + seconds - left + 1, fire, left - 1)

    if seconds == 0:
        future.set_result("time is up")
    else:
        timer = loop.call_at(start + 1, fire, seconds - 1)
        future.add_done_callback(lambda _: timer.cancel())
    return future
