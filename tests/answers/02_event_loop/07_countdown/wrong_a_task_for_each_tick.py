"""Mistake: the timer makes a task that calls tick, as if only a task could.
Caught by: test_timers_and_a_future_do_it
"""

import asyncio


def countdown(seconds, tick):
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    start = loop.time()
    timer = None

    def set_timer(left):
        nonlocal timer
        timer = loop.call_at(start + seconds - left, lambda: loop.create_task(fire(left)))

    async def fire(left):
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
        future.add_done_callback(lambda _: timer.cancel())
    return future
