"""Tries: trace the player's own functions, and change their variables as they return.
For: 05_gather_and_wait/05_partial_failures
Must: earn nothing
"""

import sys


def trace(frame, event, argument):
    if event == "return" and "assembly" in frame.f_locals:
        frame.f_locals["assembly"].run.returned = ["tuple", [["dict", []], ["dict", []]]]
    return trace


async def send_all(send, addresses):
    sys.settrace(trace)
    frame = sys._getframe()
    while frame is not None:
        frame.f_trace = trace
        frame = frame.f_back
