"""Tries: walk the frames of its callers to the player, and put a guessed result into the recording.
For: 05_gather_and_wait/02_wait_to_gather
Must: earn nothing
"""

import sys


async def fetch_all(fetch, urls):
    frame = sys._getframe()
    while frame is not None:
        for value in [*frame.f_locals.values()]:
            run = getattr(value, "run", None)
            if hasattr(run, "returned"):
                run.returned = ["list", [url.upper() for url in urls]]
                run.elapsed = 1.0
        frame = frame.f_back
    return None
