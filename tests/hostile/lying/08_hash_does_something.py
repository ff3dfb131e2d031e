"""Tries: let the hash and the comparison of its keys change the recording while that is written.
For: 05_gather_and_wait/01_gather_basics
Must: earn nothing
"""

import sys


class Key:
    def __hash__(self):
        frame = sys._getframe()
        while frame is not None:
            run = frame.f_locals.get("run")
            if hasattr(run, "tampered"):
                run.returned = ["dict", []]
            frame = frame.f_back
        return 1

    def __eq__(self, other):
        raise SystemExit(0)


async def open_page(profile, orders, messages, customer):
    return {Key(): 1, 1: 2}
