"""Right: all timers are set at the start, and all are taken back when the future is done."""

import asyncio


def countdown(seconds, tick):
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    def fire(left):
        if future.done():
            return
        try:
            tick(left)
        except BaseException as error:
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
