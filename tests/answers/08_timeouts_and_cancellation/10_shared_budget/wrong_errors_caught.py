"""Mistake: every error of a call is called a time-out.
Caught by: test_errors_go_on_up
"""

import time


async def call_all(call, services, seconds):
    deadline = time.monotonic() + seconds
    answers = []
    for service in services:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        try:
            answers.append(await call(service, left))
        except Exception:
            raise TimeoutError(service) from None
    return answers
