"""Mistake: a negative left-over is made zero, and the call is made all the same.
Caught by: test_nothing_is_left
"""

import time


async def call_all(call, services, seconds):
    deadline = time.monotonic() + seconds
    answers = []
    for service in services:
        answers.append(await call(service, max(0, deadline - time.monotonic())))
    return answers
