"""Mistake: the clock is looked at only when a message comes, so silence is never noticed.
Caught by: test_a_silent_customer
"""

import time


async def chat(receive, seconds, extra):
    deadline = time.monotonic() + seconds
    messages = []
    while time.monotonic() < deadline:
        message = await receive()
        if message is None:
            break
        messages.append(message)
        deadline += extra
    return messages
