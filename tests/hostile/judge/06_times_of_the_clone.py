"""Tries: change when the hidden tests were changed, so that caches believe other things.
For: 05_gather_and_wait/04_wait_needs_tasks
Must: earn nothing
Needs: seccomp
"""

import os
import sys


async def states(probe, hosts):
    frame, root = sys._getframe(), ""
    while frame is not None:
        before, found, _ = frame.f_code.co_filename.partition("/kata/player/")
        root = before if found else root
        frame = frame.f_back
    try:
        os.utime(f"{root}/tests/hidden/05_gather_and_wait/test_03_order_of_results.py", (1, 1))
    except PermissionError:
        pass
    return {}
