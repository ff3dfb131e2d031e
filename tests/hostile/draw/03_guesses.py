"""Tries: return one of the values that the tests take again and again.
For: 02_event_loop/07_countdown
Must: earn nothing
"""

import asyncio


def countdown(seconds, tick):
    future = asyncio.get_running_loop().create_future()
    future.set_result("lift-off")
    return future
