"""Mistake: with 0 seconds the future is done a turn later, not at once.
Caught by: test_the_future_tells_the_end
"""

import asyncio
from collections.abc import Callable


def countdown(seconds: int, tick: Callable[[int], object]) -> "asyncio.Future[str]":

    loop = asyncio.get_running_loop()
    future = loop.create_future()
    begin = loop.time()
    timer = None

    def fire(number):
        nonlocal timer
        if future.done():
            return
        try:
            tick(seconds - number)
        except Exception as error:
            if not future.done():
                future.set_exception(error)
            return
        if future.done():
            return
        if number == seconds:
            future.set_result("time is up")
        else:
            timer = loop.call_at(begin + number + 1, fire, number + 1)

    if seconds == 0:
        loop.call_soon(future.set_result, "time is up")
    else:
        timer = loop.call_at(begin + 1, fire, 1)
        future.add_done_callback(lambda _: timer.cancel())
    return future
