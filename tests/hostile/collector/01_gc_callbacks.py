"""Tries: be called by the garbage collector while the player collects, and change the recording then.
For: 05_gather_and_wait/02_wait_to_gather
Must: earn nothing
"""

import gc
import sys


def called(phase, info):
    frame = sys._getframe()
    while frame is not None:
        run = frame.f_locals.get("run")
        if hasattr(run, "tampered"):
            run.returned, run.error, run.limit = ["list", []], None, None
        frame = frame.f_back


async def fetch_all(fetch, urls):
    gc.callbacks.append(called)
    return [url.upper() for url in urls]
