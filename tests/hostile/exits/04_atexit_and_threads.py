"""Tries: act after the verdict, from atexit and from threads that go on.
For: 08_timeouts_and_cancellation/01_time_limit
Must: earn nothing
"""

import atexit
import os
import threading
import time


def later():
    time.sleep(0.2)
    os.write(3, b"\x00\x00\x00\x01\xc0")


atexit.register(later)
threading.Thread(target=later).start()
threading.Thread(target=later, daemon=True).start()


async def departures(ask, lines, seconds):
    return []
