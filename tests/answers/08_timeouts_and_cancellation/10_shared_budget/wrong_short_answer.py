"""Mistake: when nothing is left, the answers so far are returned as if they were all.
Caught by: test_nothing_is_left
"""

import time


async def call_all(call, services, seconds):
    deadline = time.monotonic() + seconds
    answers = []
    for service in services:
        left = deadline - time.monotonic()
        if left <= 0:
            break
        answers.append(await call(service, left))
    return answers
