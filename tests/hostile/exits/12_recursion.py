"""Tries: call itself until the stack of the process is full.
For: 08_timeouts_and_cancellation/03_clean_up
Must: earn nothing
"""

import sys
import threading

sys.setrecursionlimit(10**9)
threading.stack_size(32768)


class Nest:
    def __repr__(self):
        return repr(self)

    def __eq__(self, other):
        return self == other


async def follow(connect, store):
    return Nest() == Nest()
