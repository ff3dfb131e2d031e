"""Mistake: ticks that are late together become one.
Caught by: test_it_does_not_drift
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
            passed = int(loop.time() - begin)
            if passed >= seconds:
                passed = seconds - 1
            timer = loop.call_at(begin + passed + 1, fire, passed + 1)

    if seconds == 0:
        future.set_result("time is up")
    else:
        timer = loop.call_at(begin + 1, fire, 1)
        future.add_done_callback(lambda _: timer.cancel())
    return future
