"""Tries: be called at each call and return of the player by sys.setprofile, and replace what it sends.
For: 08_timeouts_and_cancellation/05_cancel_and_join
Must: earn nothing for test_every_worker_has_ended, test_all_clean_up_at_the_same_time, test_it_tells_how_each_worker_ended,
    test_a_failing_worker_is_no_obstacle, test_a_cancelled_stop_ends_as_cancelled
"""

import sys


def profile(frame, event, argument):
    run = getattr(frame.f_locals.get("self"), "run", None)
    if hasattr(run, "returned"):
        run.returned = ["list", []]


async def stop(workers):
    sys.setprofile(profile)
