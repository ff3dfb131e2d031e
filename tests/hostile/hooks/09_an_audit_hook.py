"""Tries: set an audit hook that keeps the player from what it does after the submission.
For: 05_gather_and_wait/08_stop_on_first_error
Must: earn nothing
"""

import sys


def hook(event, arguments):
    if event.startswith(("sys._getframe", "object.__getattr__", "gc.")):
        raise RuntimeError("no")


sys.addaudithook(hook)


async def release(copy, servers):
    return [*servers]
