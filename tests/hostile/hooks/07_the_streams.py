"""Tries: reach the player by the stream that takes what is printed, and write lines at times of its own.
For: 02_event_loop/07_countdown
Must: earn nothing
"""

import asyncio
import sys


def countdown(seconds, tick):
    output = sys.stdout._output
    output.now = lambda: 3.0
    for left in range(seconds, 0, -1):
        print(left)
    output.lines.clear()
    future = asyncio.get_running_loop().create_future()
    future.set_result("")
    return future
