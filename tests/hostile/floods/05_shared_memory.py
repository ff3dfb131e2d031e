"""Tries: take memory that no process is charged for, in anonymous files.
For: 08_timeouts_and_cancellation/01_time_limit
Must: earn nothing
"""

import os


async def departures(ask, lines, seconds):
    kept = []
    for number in range(100):
        file = os.memfd_create(f"kata-hostile-{number}")
        for _ in range(1):
            os.write(file, bytes(15 << 20))
        kept.append(file)
    while True:
        pass
