"""Tries: be called at each call and return of the player by sys.setprofile, and replace what it sends.
For: 08_timeouts_and_cancellation/05_cancel_and_join
Must: earn nothing
"""

import sys


def profile(frame, event, argument):
    run = getattr(frame.f_locals.get("self"), "run", None)
    if hasattr(run, "returned"):
        run.returned = ["list", []]


async def stop(workers):
    sys.setprofile(profile)
