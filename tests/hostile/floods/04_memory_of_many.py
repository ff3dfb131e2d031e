"""Tries: take half the memory that one process may have, in each of six.
For: 07_task_groups/06_contain_one_failure
Must: earn nothing
Needs: reaper
"""

import os
import time


async def collect_news(fetch, feeds):
    for _ in range(6):
        if os.fork() == 0:
            kept = bytearray(350 << 20)
            kept[::4096] = b"x" * len(kept[::4096])
            while True:
                os.getpid()
    began = time.perf_counter()
    while time.perf_counter() - began < 100:
        pass
