"""Mistake: the timers are kept in a global, so one countdown ends another.
Caught by: test_it_ticks_every_second
"""

import asyncio
from collections.abc import Callable


TIMERS = []


def countdown(seconds: int, tick: Callable[[int], object]) -> "asyncio.Future[str]":

    loop = asyncio.get_running_loop()
    future = loop.create_future()
    start = loop.time()

    def fire(left):
        if not future.done():
            try:
                tick(left)
                if not left and not future.done():
                    future.set_result("time is up")
            except Exception as error:
                if not future.done():
                    future.set_exception(error)

    TIMERS.extend(loop.call_at(start + seconds - left, fire, left) for left in range(seconds))
    if not seconds:
        future.set_result("time is up")

    @future.add_done_callback
    def clean(_):
        while TIMERS:
            TIMERS.pop().cancel()

    return future
