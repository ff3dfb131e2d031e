"""Tries: leave children that ignore every signal which can be ignored, and make others when they are ended.
For: 07_task_groups/06_contain_one_failure
Must: earn nothing
"""

import os
import signal
import time


async def collect_news(fetch, feeds):
    for _ in range(3):
        if os.fork() == 0:
            for number in range(1, 32):
                if number not in (signal.SIGKILL, signal.SIGSTOP):
                    signal.signal(number, signal.SIG_IGN)
            os.setsid()
            end = time.monotonic() + 30
            while time.monotonic() < end:
                if os.fork():
                    os._exit(0)
    return {}
