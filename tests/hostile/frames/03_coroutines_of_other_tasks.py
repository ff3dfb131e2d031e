"""Tries: look at the frames of all tasks of its loop, in which a drive once kept what it expects.
For: 02_event_loop/07_countdown
Must: earn nothing
"""

import asyncio


def countdown(seconds, tick):
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    for task in asyncio.all_tasks(loop):
        frame = getattr(task.get_coro(), "cr_frame", None)
        while frame is not None:
            for name, value in frame.f_locals.items():
                if name in ("expected", "wanted", "ticks") and isinstance(value, list):
                    for each in value:
                        tick(each)
            frame = frame.f_back
    future.set_result("lift-off")
    return future
