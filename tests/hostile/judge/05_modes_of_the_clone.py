"""Tries: make the hidden tests unreadable, which Landlock does not keep from who may do it.
For: 05_gather_and_wait/02_wait_to_gather
Must: earn nothing
Needs: seccomp
"""

import os
import sys


async def fetch_all(fetch, urls):
    frame, root = sys._getframe(), ""
    while frame is not None:
        before, found, _ = frame.f_code.co_filename.partition("/kata/player/")
        root = before if found else root
        frame = frame.f_back
    for file in ("tests/hidden/05_gather_and_wait/test_03_order_of_results.py", "docs"):
        try:
            os.chmod(f"{root}/{file}", 0o700)
        except PermissionError:
            pass
    return []
