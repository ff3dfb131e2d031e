"""Right: call_later with a delay that is computed anew from the start each time."""

import asyncio


def countdown(seconds, tick):
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    start = loop.time()
    state = {"gone": 0, "timer": None}

    def plan():
        if future.done():
            return
        if state["gone"] == seconds:
            future.set_result("time is up")
            return
        delay = start + state["gone"] + 1 - loop.time()
        state["timer"] = loop.call_later(max(delay, 0), one_second_later)

    def one_second_later():
        if future.done():
            return
        state["gone"] += 1
        try:
            tick(seconds - state["gone"])
        except Exception as error:
            if not future.done():
                future.set_exception(error)
        plan()

    def stop(done):
        if done.cancelled() and state["timer"]:
            state["timer"].cancel()

    future.add_done_callback(stop)
    plan()
    return future
