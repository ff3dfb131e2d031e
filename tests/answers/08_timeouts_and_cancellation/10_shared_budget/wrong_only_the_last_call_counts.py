"""Mistake: only the duration of the last call is taken off, from the whole budget each time.
Caught by: test_each_call_gets_what_is_left
"""

import time


async def call_all(call, services, seconds):
    answers = []
    left = seconds
    for service in services:
        if left <= 0:
            raise TimeoutError
        began = time.monotonic()
        answers.append(await call(service, left))
        left = seconds - (time.monotonic() - began)
    return answers
