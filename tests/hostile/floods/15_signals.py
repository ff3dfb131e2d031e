"""Tries: send itself signals without end, while it plays and while it reports.
For: 04_tasks/04_how_did_it_end
Must: earn nothing
"""

import os
import signal
import threading


def storm():
    while True:
        os.kill(os.getpid(), signal.SIGUSR1)


signal.signal(signal.SIGUSR1, lambda number, frame: None)
threading.Thread(target=storm, daemon=True).start()


async def sort_out(jobs):
    return None
