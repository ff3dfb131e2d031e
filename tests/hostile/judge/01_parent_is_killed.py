"""Tries: kill the process that made it.
For: 05_gather_and_wait/02_wait_to_gather
Must: earn nothing
"""

import os
import signal


async def fetch_all(fetch, urls):
    for number in (signal.SIGTERM, signal.SIGSTOP, signal.SIGKILL):
        try:
            os.kill(os.getppid(), number)
        except PermissionError:
            pass
    return []
