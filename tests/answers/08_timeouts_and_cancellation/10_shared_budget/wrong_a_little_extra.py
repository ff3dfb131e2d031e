"""Mistake: when nothing is left, the call gets a tenth of a second out of kindness.
Caught by: test_nothing_is_left
"""

import time


async def call_all(call, services, seconds):
    deadline = time.monotonic() + seconds
    answers = []
    for service in services:
        answers.append(await call(service, max(0.1, deadline - time.monotonic())))
    return answers
