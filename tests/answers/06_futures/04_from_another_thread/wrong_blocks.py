"""Mistake: waits in the event loop's own thread for the other thread.
Caught by: test_pictures_are_taken_at_the_same_time
"""

import queue


async def take_picture(snap):
    came = queue.Queue()
    snap(came.put, came.put)
    value = came.get()
    if isinstance(value, Exception):
        raise value
    return value
