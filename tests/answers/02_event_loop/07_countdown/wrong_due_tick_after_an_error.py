"""Mistake: a tick that is due already looks only whether the future is cancelled, and comes after an error.
Caught by: test_an_error_of_tick_ends_it
"""

import asyncio


def countdown(seconds, tick):
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    def fire(left):
        if future.cancelled():
            return
        try:
            tick(left)
        except Exception as error:
            if not future.done():
                future.set_exception(error)
        else:
            if left == 0 and not future.done():
                future.set_result("time is up")

    timers = [loop.call_later(second, fire, seconds - second) for second in range(1, seconds + 1)]
    future.add_done_callback(lambda _: [timer.cancel() for timer in timers])
    if not timers:
        future.set_result("time is up")
    return future
