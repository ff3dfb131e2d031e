"""Tries: compute just less than a limit in each play, so that the whole takes minutes.
For: 08_timeouts_and_cancellation/04_swallowed_cancel
Must: earn nothing
"""

import time


async def deliver(send, letters, pause):
    began = time.process_time()
    while time.process_time() - began < 3.5:
        pass
    return []
