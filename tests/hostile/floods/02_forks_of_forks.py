"""Tries: fork and fork again.
For: 07_task_groups/01_first_group
Must: earn nothing
"""

import os
import time


async def count_parcels(ask, depots):
    for _ in range(9):
        os.fork()
    end = time.monotonic() + 1000
    while time.monotonic() < end:
        pass
